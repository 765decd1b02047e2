/** The first instant of a day in Asia/Shanghai, which is UTC+8 all year. */
export const startOfDay = (day: string): Date => new Date(`${day}T00:00:00+08:00`)

/**
 * The smallest UUIDv7 of an instant (RFC 9562, 5.7: the first 48 bits are milliseconds). Events are named by the time
 * at which they happened, so a period is a range of the primary key and needs no index of its own.
 */
export function idAt(instant: Date): string {
  const hex = Math.max(instant.getTime(), 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
