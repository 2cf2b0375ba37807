import type { NativeSource } from "../../src/natives/load-native.ts";
import type { ToolCacheRequest } from "../../src/natives/tool-cache-source.ts";

/** Native packages by way of the runner's tool cache; undefined where there is none. Loaded when a package is asked for. */
export function toolCacheSource(request: Omit<ToolCacheRequest, "folder">): NativeSource | undefined {
  const folder = request.environment["RUNNER_TOOL_CACHE"];
  if (!folder) return undefined;
  let made: Promise<NativeSource> | undefined;
  return async (name) => {
    made ??= import("../../src/natives/tool-cache-source.ts").then(({ createToolCacheSource }) =>
      createToolCacheSource({ ...request, folder }),
    );
    return (await made)(name);
  };
}
