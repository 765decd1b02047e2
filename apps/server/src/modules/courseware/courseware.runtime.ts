import { type AttemptState, type PackageKind, coursewareRefusals as refusals } from '@tongxin/contract'
import type { StructureItem } from './courseware.manifest.ts'

export type Success = 'unknown' | 'passed' | 'failed'
/** What a data model says of one item. `scaled` -1 to 1. */
export type ItemStanding = {
  readonly completion: boolean
  readonly success: Success
  readonly scaled: number | null
  readonly seconds: number
}

type Model = Readonly<Record<string, unknown>>
const isModel = (value: unknown): value is Model => typeof value === 'object' && value !== null && !Array.isArray(value)
const partOf = (model: Model, name: string): Model => {
  const part = model[name]
  return isModel(part) ? part : {}
}
const wordIn = (model: Model, name: string): string => {
  const value = model[name]
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
const numberIn = (model: Model, name: string): number | null => {
  const word = wordIn(model, name).trim()
  const value = Number(word)
  return word === '' || !Number.isFinite(value) ? null : value
}

/** @throws Refusal `courseware.runtime_wrong` */
function modelIn(runtime: string): Model {
  try {
    const read = JSON.parse(runtime) as unknown
    if (isModel(read)) return read
  } catch {
    // Refused below, like JSON that is no object.
  }
  throw refusals.runtime_wrong.at('/body/runtime')
}

/** Where an item stands by what the package stored. An item that does not speak is done when it was opened. */
export function standingOf(kind: PackageKind, item: StructureItem, runtime: string): ItemStanding {
  const model = modelIn(runtime)
  if (!item.speaks) return { completion: true, success: 'unknown', scaled: null, seconds: 0 }
  return kind === 'scorm12' ? standing12(item, model) : standing2004(item, model)
}

/** SCORM 1.2 RTE 3.4.4: the mastery score decides over a lesson that was finished with a raw score. */
function standing12(item: StructureItem, model: Model): ItemStanding {
  const core = partOf(model, 'core')
  const status = wordIn(core, 'lesson_status')
  const score = partOf(core, 'score')
  const raw = numberIn(score, 'raw')
  const completion = status === 'completed' || status === 'passed' || status === 'failed'
  const said: Success = status === 'passed' || status === 'failed' ? status : 'unknown'
  const isMeasured = completion && raw !== null && item.masteryScore !== null
  const measured: Success = raw !== null && raw >= (item.masteryScore ?? 0) ? 'passed' : 'failed'
  return {
    completion,
    success: isMeasured ? measured : said,
    scaled: scaledOf(raw, numberIn(score, 'min') ?? 0, numberIn(score, 'max') ?? 100),
    seconds: clockSeconds(wordIn(core, 'total_time')),
  }
}

/** SCORM 2004 RTE 4.2.22: with a passing score the measure decides, else what the package said. */
function standing2004(item: StructureItem, model: Model): ItemStanding {
  const score = partOf(model, 'score')
  const measure = numberIn(score, 'scaled')
  const status = wordIn(model, 'success_status')
  const said: Success = status === 'passed' || status === 'failed' ? status : 'unknown'
  const success = item.threshold === null || measure === null ? said : measure >= item.threshold ? 'passed' : 'failed'
  const raw = scaledOf(numberIn(score, 'raw'), numberIn(score, 'min') ?? 0, numberIn(score, 'max') ?? 100)
  const completion = wordIn(model, 'completion_status')
  // An activity that ended, and whose content says nothing of its completion, is completed (SN, UP.4).
  const isEnded =
    model.ended === true && item.saysCompletion !== true && (completion === '' || completion === 'unknown')
  return {
    completion: completion === 'completed' || success === 'passed' || isEnded,
    success,
    scaled: measure === null ? raw : clamp(measure),
    seconds: durationSeconds(wordIn(model, 'total_time')),
  }
}

const clamp = (value: number): number => Math.min(1, Math.max(-1, value))
/** Null where there is no score, and where its bounds are so far apart that nothing can be said. */
export function scaledOf(raw: number | null, min: number, max: number): number | null {
  const width = max - min
  return raw === null || width <= 0 || !Number.isFinite(width) ? null : clamp((raw - min) / width)
}

const MOST_SECONDS = 10_000_000
/** Of all items together: what a row can hold. */
const MOST_IN_ALL = 2_000_000_000
const whole = (seconds: number): number => Math.min(MOST_SECONDS, Math.max(0, Math.round(seconds)))

/** CMITimespan of SCORM 1.2: `HHHH:MM:SS.SS`. */
function clockSeconds(text: string): number {
  const [, hours, minutes, seconds] = /^(\d{1,4}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text) ?? []
  return whole(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0))
}

/** ISO 8601 duration as SCORM 2004 writes it; years and months do not occur in lessons. */
export function durationSeconds(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text)
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((part) => Number(match?.[part] ?? 0)) as [
    number,
    number,
    number,
    number,
  ]
  return whole(((days * 24 + hours) * 60 + minutes) * 60 + seconds)
}

export type Rolled = {
  readonly state: AttemptState
  readonly scaled: number | null
  readonly seconds: number
  readonly itemsDone: number
}

/**
 * The attempt by its items: finished when all are done; failed when one was failed; the mean of the scores there are.
 * Rules of sequencing and rollup in the manifest are not evaluated, which the page of the package says.
 */
export function rolledUp(items: number, standings: readonly ItemStanding[], before: AttemptState): Rolled {
  const done = standings.filter(({ completion }) => completion)
  const scores = standings.flatMap(({ scaled }) => scaled ?? [])
  const reached: AttemptState = done.length < items ? 'begun' : verdictOf(done)
  return {
    // What somebody has reached is not taken back by looking at it again.
    state: before === 'passed' || (reached === 'begun' && before !== 'begun') ? before : reached,
    scaled: scores.length === 0 ? null : scores.reduce((sum, one) => sum + one, 0) / scores.length,
    seconds: Math.min(
      MOST_IN_ALL,
      standings.reduce((sum, { seconds }) => sum + seconds, 0),
    ),
    itemsDone: done.length,
  }
}

function verdictOf(done: readonly ItemStanding[]): AttemptState {
  if (done.some(({ success }) => success === 'failed')) return 'failed'
  return done.some(({ success }) => success === 'passed') ? 'passed' : 'completed'
}
