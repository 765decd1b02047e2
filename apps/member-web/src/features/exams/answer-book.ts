import { call } from '@tongxin/client/call'
import { RefusedError, UnreachedError } from '@tongxin/client/refused-error'
import { type OwnSitting, saveAnswers, submitSitting } from '@tongxin/contract/exams.own'
import type { ExamResponse } from '@tongxin/contract/exams.words'
import { type Answers, forgetSheet, keepAnswers, keptAnswers, merged, wantsIn } from './kept-answers.ts'

/** `kept`: on this device only, because the server cannot be reached. */
export type SavedState = 'saved' | 'saving' | 'kept'
export type BookView = {
  readonly answers: Answers
  readonly state: SavedState
  readonly error: unknown
  readonly isHandingIn: boolean
}
const PAUSE_MS = 500
const AGAIN_MS = 3000

const isAway = (error: unknown): boolean =>
  error instanceof UnreachedError || (error instanceof RefusedError && (error.status >= 500 || error.status === 429))
/** It was handed in elsewhere, or the time is over: what was acknowledged counts. */
const isOver = (error: unknown): boolean =>
  error instanceof RefusedError && (error.code === 'exams.handed_in' || error.code === 'exams.is_over')

/**
 * The answers of one sitting: noted on the device at once, sent a moment later, again and again while there is no
 * network. Handing in is noted as well, and carried out when the server can be reached.
 */
export class AnswerBook {
  readonly #id: string
  readonly #onDone: () => void
  readonly #changed = new EventTarget()
  #view: BookView
  #timer: ReturnType<typeof setTimeout> | null = null
  #isSending = false
  #isDone = false
  #readers = 0

  constructor(sheet: OwnSitting, onDone: () => void) {
    this.#id = sheet.id
    this.#onDone = onDone
    const answers = merged(sheet, keptAnswers(sheet.id))
    this.#view = { answers, state: 'saved', error: null, isHandingIn: wantsIn(sheet.id) }
  }

  readonly view = (): BookView => this.#view

  /** Also opens the book: what was left unsent goes now. */
  readonly subscribe = (onChange: () => void): (() => void) => {
    const online = () => this.#later(0)
    this.#readers += 1
    this.#changed.addEventListener('change', onChange)
    addEventListener('online', online)
    if (this.#view.isHandingIn || this.#open().length > 0) this.#later(0)
    return () => {
      this.#changed.removeEventListener('change', onChange)
      removeEventListener('online', online)
      this.#readers -= 1
      if (this.#timer && this.#readers === 0) clearTimeout(this.#timer)
    }
  }

  readonly answer = (place: number, response: ExamResponse): void => {
    const seq = (this.#view.answers[place]?.seq ?? 0) + 1
    const answers = { ...this.#view.answers, [place]: { seq, response, isSaved: false } }
    this.#set({ answers, state: 'saving' })
    this.#later(PAUSE_MS)
  }

  readonly handIn = (): void => {
    this.#set({ isHandingIn: true })
    this.#later(0)
  }

  #open() {
    return Object.entries(this.#view.answers).filter(([, { isSaved }]) => !isSaved)
  }

  #set(change: Partial<BookView>): void {
    this.#view = { ...this.#view, ...change }
    if (!this.#isDone) keepAnswers(this.#id, this.#view.answers, this.#view.isHandingIn)
    this.#changed.dispatchEvent(new Event('change'))
  }

  #later(ms: number): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.#send(), ms)
  }

  async #send(): Promise<void> {
    if (this.#isSending || this.#isDone) return
    this.#isSending = true
    try {
      await this.#save()
      const isWhole = this.#open().length === 0
      if (isWhole && this.#view.isHandingIn) {
        await call(submitSitting, { params: { id: this.#id }, body: {} })
        this.#end()
        return
      }
      this.#set({ state: isWhole ? 'saved' : 'saving', error: null })
      if (!isWhole) this.#later(PAUSE_MS)
    } catch (error) {
      if (isOver(error)) this.#end()
      else if (isAway(error)) {
        this.#set({ state: 'kept' })
        this.#later(AGAIN_MS)
      } else this.#set({ error, isHandingIn: false })
    } finally {
      this.#isSending = false
    }
  }

  /** Sends what is open; only what is still the same afterwards is saved. */
  async #save(): Promise<void> {
    const open = this.#open()
    if (open.length === 0) return
    const body = { answers: open.map(([place, { seq, response }]) => ({ place: Number(place), seq, response })) }
    await call(saveAnswers, { params: { id: this.#id }, body })
    const answers = { ...this.#view.answers }
    for (const [place, { seq }] of open) {
      const held = answers[Number(place)]
      if (held?.seq === seq) answers[Number(place)] = { ...held, isSaved: true }
    }
    this.#set({ answers })
  }

  #end(): void {
    if (this.#isDone) return
    this.#isDone = true
    forgetSheet(this.#id)
    this.#onDone()
  }
}
