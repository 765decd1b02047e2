/** What features add to the page "me": a path and the key of its text. */
export const myLinks: readonly { readonly path: string; readonly textKey: string }[] = []
