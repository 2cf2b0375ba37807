/** What is read of a repository that nobody has to trust. */
export const maxParamsBytes = 1024 * 1024;
export const maxDvcLockBytes = 4 * 1024 * 1024;
/** The LFS specification allows no larger pointer: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
export const maxPointerBytes = 1024;

/** Above this many files the inputs name the folder with one digest instead of each file. */
export const maxCodeInputs = 500;
/** The same for one declared data path. */
export const maxDataInputs = 100;
/** Of one parameter file whose keys are not declared. */
export const maxParams = 1_000;

/** Values longer than this stand in the inputs as their digest. */
export const maxValueCharacters = 1_000;
