import type { MemberPortrait } from '@tongxin/contract'
import creditsEn from '@tongxin/contract/words/credits.en.json' with { type: 'json' }
import creditsZh from '@tongxin/contract/words/credits.zh-CN.json' with { type: 'json' }
import developmentEn from '@tongxin/contract/words/development.en.json' with { type: 'json' }
import developmentZh from '@tongxin/contract/words/development.zh-CN.json' with { type: 'json' }
import membershipEn from '@tongxin/contract/words/membership.en.json' with { type: 'json' }
import membershipZh from '@tongxin/contract/words/membership.zh-CN.json' with { type: 'json' }
import { hoursText } from '@tongxin/domain'
import type { Paper, PaperBlock } from '../forms/index.ts'
import { codeName, type Language, wordsOf } from './members.words.ts'

type Sheet = {
  readonly portrait: MemberPortrait
  readonly language: Language
  readonly printedAt: string
  readonly photo?: Uint8Array
}
type Words = Readonly<Record<string, string>>

const credits = (language: Language) => (language === 'en' ? creditsEn : creditsZh)
const development = (language: Language) => (language === 'en' ? developmentEn : developmentZh)
const membership = (language: Language) => (language === 'en' ? membershipEn : membershipZh)
const filled = (text: string, values: Words): string => text.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? '')
const between = (language: Language) => (language === 'en' ? ', ' : '、')

/** 党员一页画像 on paper: the same facts as on the screen, in the same order. */
export function portraitPaper({ portrait, language, printedAt, photo }: Sheet): Paper {
  const words = wordsOf(language).portrait as Words
  const { card, withheld, asOf } = portrait
  const parts = wordsOf(language).portraitPart as Words
  const names = withheld.map((part) => parts[part] ?? part).join(between(language))
  return {
    language,
    organisation: card.orgName,
    printedAt,
    title: words.title ?? '',
    style: 'record',
    blocks: [
      {
        kind: 'identity',
        pairs: basics(portrait, language),
        photoText: words.photo ?? '',
        ...(photo ? { photo } : {}),
      },
      ...lifeBlocks(portrait, language),
      { kind: 'opinions', isTight: true, rows: sections(portrait, language) },
      { kind: 'paragraph', small: true, text: `${filled(words.asOf ?? '', { on: asOf })}　${words.facts ?? ''}` },
      ...(names ? [{ kind: 'paragraph', small: true, text: filled(words.withheld ?? '', { names }) } as const] : []),
    ],
  }
}

function basics(portrait: MemberPortrait, language: Language): [string, string][] {
  const { columns, fields, portrait: own } = wordsOf(language)
  const { card, nativePlace, workplace, jobTitle, missing } = portrait
  const lacking = missing.map((field) => fields[field] ?? field)
  const rest = lacking.length > 3 ? '…' : ''
  const names = lacking.slice(0, 3).join(between(language)) + rest
  const score = `${card.completeness} %${names ? `  ${filled(own.missing ?? '', { names })}` : ''}`
  const rows: [string | undefined, string | null | undefined][] = [
    [columns.name, card.name],
    [columns.memberNo, card.memberNo],
    [columns.sex, codeName(language, 'sex', card.sex)],
    [columns.ethnic, codeName(language, 'ethnic', card.ethnic)],
    [columns.bornOn, card.bornOn],
    [fields.nativePlace, nativePlace],
    [columns.education, codeName(language, 'education', card.education)],
    [columns.category, codeName(language, 'category', card.category)],
    [columns.status, codeName(language, 'status', card.status)],
    [columns.orgName, card.orgName],
    [fields.workplace, workplace],
    [fields.jobTitle, jobTitle],
    [columns.idNumber, card.idNumber],
    [columns.phone, card.phone],
    [own.complete, score],
  ]
  return rows.map(([name, value]) => [name ?? '', value ?? ''])
}

function lifeBlocks({ life }: MemberPortrait, language: Language): PaperBlock[] {
  if (!life) return []
  const { portrait: own, meetingKind } = wordsOf(language)
  const kinds = [
    ...life.kinds.map(({ kind, ...figures }) => ({ name: meetingKind[kind] ?? kind, ...figures })),
    { name: own.all ?? '', called: life.called, present: life.present, onLeave: life.onLeave },
  ]
  const width = 86 / kinds.length
  const row = (figure: 'called' | 'present' | 'onLeave') => [
    own[figure] ?? '',
    ...kinds.map((one) => String(one[figure])),
  ]
  return [
    { kind: 'heading', text: own.life ?? '' },
    {
      kind: 'register',
      isTight: true,
      columns: [{ header: own.kind ?? '', width: 14 }, ...kinds.map(({ name }) => ({ header: name, width }))],
      rows: [row('called'), row('present'), row('onLeave')],
    },
    { kind: 'paragraph', small: true, text: filled(own.span ?? '', { since: life.since, until: life.until }) },
  ]
}

/** A part of the page to a row: its name, and a line for each thing it tells. */
function sections(portrait: MemberPortrait, language: Language): [string, string][] {
  const { portrait: own, post } = wordsOf(language)
  const { decisionKind } = membership(language)
  const { posts, honours, decisions, moves } = portrait
  const told = (name: string | undefined, lines: readonly string[], hasMore = false): [string, string] => [
    name ?? '',
    [...(lines.length === 0 ? [own.none ?? ''] : lines), ...(hasMore ? [own.more ?? ''] : [])].join('\n'),
  ]
  const line = (...parts: readonly (string | null | undefined)[]) => parts.filter(Boolean).join('　')
  return [
    told(own.road, [roadText(portrait, language)].filter(Boolean)),
    ...(portrait.learning ? [told(own.learning, [learningText(portrait.learning, language)])] : []),
    told(
      own.posts,
      posts.rows.map((one) =>
        line(
          `${one.fromOn ?? ''} – ${one.untilOn ?? own.until}`,
          one.unit,
          one.post ? (post[one.post] ?? one.post) : one.title,
        ),
      ),
      posts.hasMore,
    ),
    told(
      own.honours,
      honours.rows.map(({ on, title, by }) => line(on, title, by)),
      honours.hasMore,
    ),
    told(
      own.decisions,
      decisions.rows.map(({ on, kind, title, by }) => line(on, kind ? decisionKind[kind] : title, by)),
      decisions.hasMore,
    ),
    told(
      own.moves,
      moves.rows.map(({ on, from, to }) => line(on, `${from} → ${to}`)),
      moves.hasMore,
    ),
  ]
}

const pairsText = (pairs: readonly (readonly [string, string])[], language: Language): string =>
  pairs.map(([name, value]) => `${name} ${value}`).join(language === 'en' ? '; ' : '；')

function roadText({ road }: MemberPortrait, language: Language): string {
  const { fields, portrait: own } = wordsOf(language)
  const { stage, state } = development(language)
  const pairs = road.days.map(({ key, on }): [string, string] => [fields[key] ?? key, on])
  if (road.running) {
    pairs.push([own.running ?? '', `${stage[road.running.stage]} · ${state[road.running.state]}`])
    if (road.running.probationEnd) pairs.push([own.probationEnd ?? '', road.running.probationEnd])
  }
  return pairsText(pairs, language)
}

function learningText(learning: NonNullable<MemberPortrait['learning']>, language: Language): string {
  const { columns, standing } = credits(language)
  const { target, earned, required, elective, requiredLeft } = learning
  return pairsText(
    [
      [columns.target, target === null ? '—' : hoursText(target)],
      [columns.earned, hoursText(earned)],
      [columns.required, hoursText(required)],
      [columns.elective, hoursText(elective)],
      [columns.requiredLeft, String(requiredLeft)],
      [columns.standing, standing[learning.standing]],
    ],
    language,
  )
}
