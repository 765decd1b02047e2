const held = new Map<string, File>()

/** Keeps the file of a batch in this tab, so that its columns can be corrected without choosing it again. */
export const holdFile = (batchId: string, file: File): void => {
  held.clear()
  held.set(batchId, file)
}

export const heldFile = (batchId: string): File | undefined => held.get(batchId)
