import type { IsoDate } from '../general/dates.ts'

export type AdmissionEdition = '2014' | '2026'

/** First day of the text of 2026: issued and in force on one day (art. 44). */
export const ADMISSION_2026_FROM: IsoDate = '2026-05-11'

/** Edition by the date of the event; steps finished before keep theirs. */
export function editionOn(eventDate: IsoDate): AdmissionEdition {
  return eventDate >= ADMISSION_2026_FROM ? '2026' : '2014'
}
