/** How far evidence may be believed, lowest first. Always computed from what GitHub says of the run, never read from the evidence. */
export const trustLevels = ["fork", "pull-request", "protected"] as const;

export type TrustLevel = (typeof trustLevels)[number];
