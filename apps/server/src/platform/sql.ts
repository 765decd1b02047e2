/** A `like` pattern for what contains `part` anywhere. Wildcards in it are meant as they are written. */
export const containing = (part: string): string => `%${part.replace(/[\\%_]/g, '\\$&')}%`

/** The name of the constraint that an error violated (a trailing `_number` is a shard's), or null. */
export function violated(error: unknown): string | null {
  return (error as { constraint?: string } | null)?.constraint?.replace(/_\d+$/, '') ?? null
}
