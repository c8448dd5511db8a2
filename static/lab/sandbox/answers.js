// The types of what the sandbox's Python answers. No behaviour here.
// @ts-check

/** An error in the visitor's code: `line` where it is, in the part called `place`. @typedef {{name: string, message: string, traceback: string, line: number, place: string}} CodeError */

/**
 * What a line of the console came to. Without `complete` nothing was run: the line goes on.
 * @typedef {{complete: boolean, text: string, table: {columns: string[], rows: string[][], left: number} | null,
 *   error: CodeError | null}} Evaluated
 */

export {};
