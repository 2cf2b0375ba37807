import { UsageError } from "../../src/errors/errors.ts";
import { booleanInput, optionalInput, requiredInput, secretInput, tokenInput } from "../runtime/inputs.ts";

export interface PromoteInputs {
  /** What the form says; a pushed tag says it itself. */
  readonly form: {
    readonly model: string | undefined;
    readonly version: string | undefined;
    readonly stage: string | undefined;
    readonly rollback: boolean;
    /** Number of an issue or pull request. */
    readonly breakGlass: string | undefined;
  };
  /** With a key as PEM, or without one through Sigstore: the public one, or that of a file. */
  readonly signing: { readonly key: string } | { readonly sigstoreConfig: string | undefined } | undefined;
  /** Name of the file. */
  readonly deployWorkflow: string | undefined;
  /** Where the registry's page is written once something was promoted. */
  readonly registryPage: string | undefined;
  readonly token: string;
}

export function loadInputs(): PromoteInputs {
  return {
    form: {
      model: optionalInput("model"),
      version: optionalInput("version"),
      stage: optionalInput("stage"),
      rollback: optionalInput("rollback") !== undefined && booleanInput("rollback"),
      breakGlass: optionalInput("break-glass"),
    },
    signing: signingInput(),
    deployWorkflow: workflowInput(),
    registryPage: pageInput(),
    token: tokenInput() ?? requiredInput("github-token"),
  };
}

function signingInput(): PromoteInputs["signing"] {
  const [key, sign, sigstoreConfig] = [secretInput("signing-key"), optionalInput("sign"), optionalInput("sigstore-config")];
  if (sign !== undefined && sign !== "keyless")
    throw new UsageError(
      `Input \`sign\` is ${JSON.stringify(sign)}; it has to be keyless, or empty: a key is given as \`signing-key\`.`,
    );
  if (sign !== undefined && key !== undefined)
    throw new UsageError("Inputs `sign` and `signing-key` are two ways to sign a release. Leave out one.");
  if (sign !== undefined) return { sigstoreConfig };
  if (sigstoreConfig !== undefined) throw new UsageError("Input `sigstore-config` is about `sign: keyless`. Add it.");
  return key === undefined ? undefined : { key };
}

function workflowInput(): string | undefined {
  const workflow = optionalInput("deploy-workflow");
  if (workflow === undefined || /^[\w.-]+\.ya?ml$/.test(workflow)) return workflow;
  throw new UsageError(
    `Input \`deploy-workflow\` is ${JSON.stringify(workflow)}; it has to be the name of a file in .github/workflows, without the folder: deploy.yml.`,
  );
}

function pageInput(): string | undefined {
  const path = optionalInput("registry-page");
  if (path === undefined || /\.html?$/i.test(path)) return path;
  throw new UsageError(
    `Input \`registry-page\` is ${JSON.stringify(path)}; it has to be the path of a page that is written, such as registry/index.html.`,
  );
}
