/** How long a code on the screen of a set waits for somebody to type it. */
export const PAIRING_MINUTES = 10
/** A set reports every half minute; one that was not heard for so long is shown as switched off. */
export const ONLINE_MINUTES = 3
/** An airing whose set says nothing for so long is taken for lost, until the set tells the end. */
export const LOST_MINUTES = 15
/** Rooms are entered while the set was heard so lately. */
export const ROOM_MINUTES = 5
/** People without a telephone are written down so many days after. */
export const ADD_DAYS = 7
/** What a set tells of later than this is not believed any more. */
export const OLDEST_DAYS = 30
/** A report is on its way for so long at most: what began meanwhile was not in it. */
export const TELLING_MINUTES = 2
/** Told so much later than it began, an airing is marked in the log. */
const LATE_MINUTES = 15
/** Of its length: what a programme must have run at least to have been played to its end. */
const WHOLE_SHARE = 0.9
/** The schedule that a set is given ahead. */
export const GUIDE_DAYS = 7
/** Codes that a set is given ahead: five minutes. */
export const CODES_AHEAD = 10

/** Whether an airing was played to its end: the set says so, and the clock does not deny it. */
export function isPlayedWhole(
  airing: { readonly seconds: number; readonly beganAt: Date; readonly endedAt: Date },
  said: boolean,
): boolean {
  const ran = (airing.endedAt.getTime() - airing.beganAt.getTime()) / 1000
  return said && ran >= airing.seconds * WHOLE_SHARE
}

/** Pauses and all: longer than this a programme is not believed to have run. */
export const longestRunMs = (seconds: number): number => (3 * seconds + 3600) * 1000

/** Whether the server heard of an airing only some time after it began: the set had no network. */
export const isToldLate = ({ beganAt, toldAt }: { readonly beganAt: Date; readonly toldAt: Date | null }): boolean =>
  toldAt !== null && toldAt > minutesBefore(beganAt, -LATE_MINUTES)

export const minutesBefore = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
export const daysBefore = (now: Date, days: number): Date => minutesBefore(now, days * 1440)
