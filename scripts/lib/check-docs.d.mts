/** Problems of the documents of a checkout, each with file and line. */
export function checkDocs(root: string): string[];
