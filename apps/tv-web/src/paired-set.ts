import type { TvGuide, TvProgramme } from '@tongxin/contract/television.tv'
import { ask, isUnpaired } from './calls.ts'
import { serverNow, setServerTime } from './clock.ts'
import { programmeOf, runningAt, type Slot } from './guide.ts'
import { type Home, showHome } from './home.ts'
import { editionsKept, keepProgrammes } from './keeping.ts'
import { forgetAll, keep, kept } from './kept.ts'
import { type Key, moveFocus } from './keys.ts'
import { type Board, showBoard } from './meeting-board.ts'
import { Playing } from './playing.ts'
import { Reporter } from './reporter.ts'

const TICK_MS = 500
const REPORT_MS = 30_000
const GUIDE_MS = 60_000
const NO_GUIDE: TvGuide = { now: '', set: { name: '', place: null, orgName: '' }, channels: [], slots: [] }

/** A set that has a key: its guide, what it plays by the clock or by choice, and its reports. */
export class PairedSet {
  readonly #root: Element
  readonly #key: string
  readonly #onLost: () => void
  readonly #reporter: Reporter
  #guide = kept('guide') ?? NO_GUIDE
  #playing: Playing | null = null
  #home: Home | null = null
  /** The check-in code of a meeting on the whole screen. */
  #board: { readonly meetingId: string; readonly view: Board } | null = null
  /** The meeting whose code was left by the back key, and the one that the first page offers again. */
  #left = ''
  #offered = ''
  #keptEditions: readonly string[] = []
  /** A slot that people left by the back key, or that was played: it does not begin by itself again. */
  #done = ''
  #timers: readonly number[] = []

  /** `onLost`: the key was taken away. */
  constructor(root: Element, key: string, onLost: () => void) {
    this.#root = root
    this.#key = key
    this.#onLost = onLost
    this.#reporter = new Reporter(key, () => this.#lose())
    this.#reporter.endAll()
    this.#goHome()
    void this.#fetchGuide()
    this.#timers = [
      window.setInterval(() => this.#tick(), TICK_MS),
      window.setInterval(() => void this.#reporter.send(), REPORT_MS),
      window.setInterval(() => void this.#fetchGuide(), GUIDE_MS),
    ]
  }

  press(key: Key): boolean {
    if (this.#playing) return this.#playing.press(key)
    if (this.#board && key === 'back') {
      this.#left = this.#board.meetingId
      this.#goHome()
      return true
    }
    return this.#home !== null && key !== 'enter' && key !== 'back' && moveFocus(this.#home.element, key)
  }

  /** The browser says that the network came or went. */
  heard(isOnline: boolean): void {
    this.#reporter.isOnline = isOnline
    if (isOnline) void this.#reporter.send().then(() => this.#fetchGuide())
  }

  #tick(): void {
    this.#followClock()
    if (this.#playing) this.#playing.tick()
    this.#followMeeting()
    if (this.#home) this.#home.tick(this.#reporter.isOnline)
    if (this.#board) this.#board.view.tick()
  }

  /** The code of a meeting takes the screen when nothing plays, and leaves it by itself. */
  #followMeeting(): void {
    if (this.#playing) return
    const { meeting } = this.#reporter
    const meetingId = meeting ? meeting.meetingId : ''
    if (!meeting || meetingId === this.#left) {
      if (this.#board || this.#offered !== meetingId) this.#goHome()
      return
    }
    if (this.#board && this.#board.meetingId === meetingId) return
    this.#home = null
    this.#board = { meetingId, view: showBoard(this.#root, meeting, this.#reporter) }
  }

  #goHome(): void {
    if (this.#playing) this.#playing.close()
    this.#playing = null
    this.#board = null
    const { meeting } = this.#reporter
    this.#offered = meeting ? meeting.meetingId : ''
    this.#home = showHome(
      this.#root,
      { guide: this.#guide, keptEditions: this.#keptEditions, meeting },
      {
        openMeeting: () => {
          this.#left = ''
          this.#followMeeting()
        },
        choose: ({ programme, slot }) => this.#play(programme, slot),
        repaint: () => this.#goHome(),
      },
    )
    this.#home.tick(this.#reporter.isOnline)
  }

  #play(programme: TvProgramme, slot: Slot | null): void {
    if (this.#playing) this.#playing.close()
    this.#home = null
    this.#board = null
    this.#playing = new Playing({
      root: this.#root,
      key: this.#key,
      guide: this.#guide,
      programme,
      slot,
      reporter: this.#reporter,
      onEnd: () => {
        if (slot) this.#done = slot.id
        this.#goHome()
      },
      onLost: () => this.#lose(),
    })
  }

  /** What the schedule says begins by itself, also over something that was chosen. */
  #followClock(): void {
    const slot = runningAt(this.#guide, serverNow())
    const playing = this.#playing && this.#playing.slot
    if (!slot || slot.id === this.#done || (playing && playing.id === slot.id)) return
    const programme = programmeOf(this.#guide, slot.programmeId)
    if (programme) this.#play(programme, slot)
  }

  async #fetchGuide(): Promise<void> {
    try {
      const fresh = await ask<TvGuide>('guide', { key: this.#key })
      setServerTime(fresh.now)
      this.#reporter.isOnline = true
      const isOther = JSON.stringify({ ...fresh, now: '' }) !== JSON.stringify({ ...this.#guide, now: '' })
      this.#guide = fresh
      keep('guide', fresh)
      if (isOther && this.#home) this.#goHome()
      await keepProgrammes(this.#key, fresh, () => this.#playing !== null)
      const before = this.#keptEditions.join()
      this.#keptEditions = await editionsKept(fresh)
      if (this.#keptEditions.join() !== before && this.#home) this.#goHome()
    } catch (error) {
      if (isUnpaired(error)) this.#lose()
      else this.#reporter.isOnline = false
    }
  }

  #lose(): void {
    for (const timer of this.#timers) window.clearInterval(timer)
    if (this.#playing) this.#playing.close()
    forgetAll()
    this.#onLost()
  }
}
