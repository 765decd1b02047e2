import type { TvAiring, TvReport } from '@tongxin/contract/television.tv'
import { ask, isUnpaired, newId } from './calls.ts'
import { serverNow, setServerTime, stamp } from './clock.ts'
import { keep, kept } from './kept.ts'

type Room = NonNullable<TvReport['room']>
export type Meeting = NonNullable<TvReport['meeting']>
export type ScreenCode = { readonly figures: string; readonly qr: string; readonly present: number }

/** A set that was off for long has this many airings to tell at most in one report. */
const MOST = 90

/**
 * Tells the server what is played, every half minute and at every beginning and end. What cannot be told now stays on
 * the set and is told when the network is back.
 */
export class Reporter {
  isOnline = true
  #room: Room | null = null
  #meeting: Meeting | null = null
  #sending: Promise<void> | null = null
  readonly #key: string
  readonly #lost: () => void

  /** `lost`: the key of the set was taken away. */
  constructor(key: string, lost: () => void) {
    this.#key = key
    this.#lost = lost
  }

  get #airings(): readonly TvAiring[] {
    return kept('airings') ?? []
  }

  begin(programmeId: string, slotId: string | null): string {
    const id = newId()
    const begun = { id, programmeId, slotId, beganAt: stamp(), endedAt: null, isWhole: false }
    keep('airings', this.#airings.map(cutOff).concat(begun))
    void this.send()
    return id
  }

  end(id: string, isWhole: boolean): void {
    const endedAt = stamp()
    keep(
      'airings',
      this.#airings.map((one) => (one.id === id ? { ...one, endedAt, isWhole } : one)),
    )
    this.#room = null
    void this.send()
  }

  /** After the set was switched on: whatever it played when its plug was pulled has ended. */
  endAll(): void {
    keep('airings', this.#airings.map(cutOff))
  }

  send(): Promise<void> {
    this.#sending = (this.#sending ?? Promise.resolve()).then(() => this.#sendNow())
    return this.#sending
  }

  async #sendNow(): Promise<void> {
    const all = this.#airings
    const airings = all.slice(0, MOST)
    const hasMore = all.length > MOST
    try {
      const said = await ask<TvReport>('reports', { key: this.#key, airings, hasMore })
      setServerTime(said.now)
      this.isOnline = true
      this.#room = said.room
      this.#meeting = said.meeting
      const told = airings.filter(({ endedAt }) => endedAt !== null).map(({ id }) => id)
      keep(
        'airings',
        this.#airings.filter(({ id }) => told.indexOf(id) < 0 || said.taken.indexOf(id) < 0),
      )
      if (hasMore) void this.send()
    } catch (error) {
      this.isOnline = false
      if (isUnpaired(error)) this.#lost()
    }
  }

  /** The code that the room checks in with now; null when the server has given none for this moment. */
  codeOf(airingId: string): ScreenCode | null {
    const room = this.#room
    return room && room.airingId === airingId ? runningIn(room) : null
  }

  /** The meeting that the set was told to show, until its code closes. */
  get meeting(): Meeting | null {
    const meeting = this.#meeting
    return meeting && serverNow() < Date.parse(meeting.closesAt) ? meeting : null
  }

  /** The code of that meeting; null before it opens, and when the server has given none for this moment. */
  get meetingCode(): ScreenCode | null {
    const meeting = this.meeting
    return meeting && Date.parse(meeting.opensAt) <= serverNow() ? runningIn(meeting) : null
  }
}

function runningIn(shown: Pick<Room, 'codes' | 'stepSeconds' | 'present'>): ScreenCode | null {
  const now = serverNow()
  const running = shown.codes.filter(({ from }) => {
    const begins = Date.parse(from)
    return begins <= now && now < begins + shown.stepSeconds * 1000
  })[0]
  return running ? { figures: running.figures, qr: running.qr, present: shown.present } : null
}

/** Nothing is known of how far it came: it is told as ended when it began, which never counts for anybody. */
const cutOff = (airing: TvAiring): TvAiring =>
  airing.endedAt === null ? { ...airing, endedAt: airing.beganAt, isWhole: false } : airing
