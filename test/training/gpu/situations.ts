/**
 * Outputs composed from the documented fields of `nvidia-smi --help-query-gpu`, `--help-query-compute-apps` and `-L`; not
 * recorded on real machines, except where a test says so.
 */
export const a100 = (
  index: number,
  rest: Partial<Record<"free" | "errors" | "mig" | "thermal" | "total", string>> = {},
): string => {
  const { total = "81920", free = "81150", errors = "0", mig = "Disabled", thermal = "Not Active" } = rest;
  return `${index}, GPU-0000000${index}-aaaa-bbbb-cccc-dddddddddddd, NVIDIA A100-SXM4-80GB, ${total}, ${free}, ${Number(total) - Number(free)}, 0, 34, 61.52, ${errors}, ${mig}, ${thermal}\n`;
};

/** A consumer card reports no ECC and has no MIG. */
export const rtx4090 =
  "0, GPU-eeeeeeee-aaaa-bbbb-cccc-dddddddddddd, NVIDIA GeForce RTX 4090, 24564, 24111, 453, 3, 41, 22.10, [N/A], [N/A], Not Active\n";

export const python = (gpu: number, memory = "40216") =>
  `GPU-0000000${gpu}-aaaa-bbbb-cccc-dddddddddddd, 4711, /usr/bin/python3, ${memory}\n`;

export const migList = `GPU 0: NVIDIA A100-SXM4-80GB (UUID: GPU-00000000-aaaa-bbbb-cccc-dddddddddddd)
  MIG 1g.10gb     Device  0: (UUID: MIG-11111111-aaaa-bbbb-cccc-dddddddddddd)
  MIG 3g.40gb     Device  1: (UUID: MIG-22222222-aaaa-bbbb-cccc-dddddddddddd)
`;

export const noDevices = "No devices were found\n";
export const brokenDriver =
  "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver. Make sure that the latest NVIDIA driver is installed and running.\n";
