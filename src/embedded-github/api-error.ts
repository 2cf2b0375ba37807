/** One entry of the `errors` list of a 422. */
export interface FieldError {
  resource: string;
  field: string;
  code: "missing" | "missing_field" | "invalid" | "already_exists" | "unprocessable" | "custom";
  message?: string;
}

/** An answer that is an error, as GitHub words it. */
export class ApiError extends Error {
  override readonly name: string = "ApiError";
  readonly status: number;
  readonly errors: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: number,
    message: string,
    errors: readonly FieldError[] = [],
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.errors = errors;
    this.headers = headers;
  }
}

export function validationFailed(error: FieldError): ApiError {
  return new ApiError(422, "Validation Failed", [error]);
}

export function notFound(): ApiError {
  return new ApiError(404, "Not Found");
}

/** A request that GitHub would take and this server does not know; recorded, so that tests fail on it. */
export class UnknownRequestError extends ApiError {}
