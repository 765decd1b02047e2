import { type GIFTQuestion, parse, type TextChoice, type TextFormat } from 'gift-pegjs'
import { gapsIn } from '../exams.policy.ts'
import { type Defaults, excerptOf, type Fault, type Parsed, parsed, type Read } from './parsed.ts'

/**
 * Moodle's GIFT. Questions are parsed one by one, so that a slip in one of them is named and spoils no other; what the
 * bank has no kind for (matching, numerical, cloze with choices) is named as well.
 */
export function readGift(text: string, defaults: Defaults): Parsed[] {
  const found: Parsed[] = []
  let category: string | null = null
  for (const block of blocksOf(text)) {
    const place = found.length + 1
    let questions: GIFTQuestion[]
    try {
      questions = parse(`${block}\n`)
    } catch {
      found.push({ place, excerpt: excerptOf(block), fault: 'syntax', column: null })
      continue
    }
    for (const question of questions) {
      if (question.type === 'Category') category = lastPart(question.title)
      else if (question.type !== 'Description') found.push(readOne(found.length + 1, question, category, defaults))
    }
  }
  return found
}

/** Whether an answer or the closing brace follows: else a brace was forgotten, and the next question must not suffer. */
const goesOn = (lines: readonly string[], from: number): boolean =>
  /^\s*[=~}#%]/.test(lines.slice(from).find((line) => line.trim() !== '') ?? '')

/** A blank line ends a question, unless it stands between its answers. */
function blocksOf(text: string): string[] {
  const blocks: string[] = []
  let lines: string[] = []
  let depth = 0
  const end = () => {
    if (lines.some((line) => line.trim() !== '')) blocks.push(lines.join('\n'))
    lines = []
    depth = 0
  }
  const all = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  for (const [at, line] of all.entries()) {
    if (line.trim().startsWith('//')) continue
    if (line.trim() === '') {
      if (depth <= 0 || !goesOn(all, at)) end()
      continue
    }
    lines.push(line)
    const bare = line.replace(/\\./g, '')
    depth += (bare.match(/\{/g)?.length ?? 0) - (bare.match(/\}/g)?.length ?? 0)
    if (/^\s*\$CATEGORY/i.test(line)) end()
  }
  end()
  return blocks
}

const lastPart = (category: string | null): string | null => category?.split('/').at(-1)?.trim().slice(0, 60) || null

const wordsOf = (format: TextFormat | null | undefined): string =>
  (format?.text ?? '')
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[a-z/][^>]*>/gi, '')
    .trim()

const HAS_PICTURE = /<(img|object|audio|video|svg|iframe|embed)\b/i

function readOne(place: number, question: GIFTQuestion, category: string | null, defaults: Defaults): Parsed {
  const read = readOf(question)
  const excerpt = excerptOf('stem' in question ? wordsOf(question.stem as TextFormat) : '')
  if (typeof read === 'string') return { place, excerpt, fault: read, column: null }
  return parsed(place, { topic: category, ...read }, defaults)
}

function readOf(question: GIFTQuestion): Read | Fault {
  if (HAS_PICTURE.test(JSON.stringify(question))) return 'has_picture'
  switch (question.type) {
    case 'TF':
      return {
        kind: 'truth',
        stem: wordsOf(question.stem),
        choices: [question.isTrue ? 0 : 1],
        explanation: explained(
          wordsOf(question.globalFeedback),
          wordsOf(question.trueFeedback),
          wordsOf(question.falseFeedback),
        ),
      }
    case 'MC':
      return choiceRead(wordsOf(question.stem), question.choices as TextChoice[], wordsOf(question.globalFeedback))
    case 'Short':
      return {
        kind: 'blank',
        stem: gapped(wordsOf(question.stem)),
        blanks: [
          (question.choices as TextChoice[])
            .filter(isWhole)
            .map(({ text }) => wordsOf(text))
            .filter(Boolean),
        ],
        explanation: wordsOf(question.globalFeedback),
      }
    case 'Essay':
      return { kind: 'short', stem: wordsOf(question.stem), reference: wordsOf(question.globalFeedback) }
    default:
      return 'unsupported'
  }
}

const explained = (...texts: string[]): string => texts.filter(Boolean).join('\n')

/** Where the answer stood in the middle of the words, the parser leaves `_____`; elsewhere the gap is at the end. */
const gapped = (stem: string): string => (gapsIn(stem) > 0 ? stem.replace(/_{2,}/, '____') : `${stem} ____`)

/** `=` without a part of the points; `=%50%` is nearly right, which is not right. */
const isWhole = ({ isCorrect, weight }: TextChoice): boolean => isCorrect && (weight === null || weight === 100)

/**
 * One `=` is the answer, whatever part of the points others get; without one, several choices with points make a 多选.
 */
function choiceRead(stem: string, choices: readonly TextChoice[], explanation: string): Read {
  const whole = choices.flatMap((choice, at) => (isWhole(choice) ? [at] : []))
  const weighed = choices.flatMap(({ weight }, at) => ((weight ?? 0) > 0 ? [at] : []))
  const right = whole.length > 0 ? whole : weighed
  const own = choices.map(({ feedback }) => wordsOf(feedback)).filter(Boolean)
  const isMultiple = choices.some(({ weight }) => weight !== null) && right.length > 1
  return {
    kind: isMultiple ? 'multiple' : 'single',
    stem,
    options: choices.map(({ text }) => wordsOf(text)),
    choices: right,
    explanation: explanation || own.join('\n'),
  }
}
