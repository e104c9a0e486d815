/** Whether a file of a package is for editors and people alone: no program loads type declarations or source maps. */
export const isForReading = name => /\.(d\.[cm]?ts|map)$/.test(name);
