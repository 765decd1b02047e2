import type { Cover } from '../forms.cover.ts'
import { dateText, momentText, shortDate } from '../forms.format.ts'
import { type Cell, cell, centred, label, type Sheet } from '../forms.sheet.ts'
import { textsOf } from '../forms.texts.ts'
import type { MemberRoster } from '../forms.types.ts'
import { coverBlocks } from './cover.ts'

function coverOf(facts: MemberRoster, { formal, probationary, branches }: NonNullable<MemberRoster['cover']>): Cover {
  const language = facts.language ?? 'zh-CN'
  const r = textsOf(language).roster
  return {
    organisation: facts.organisation,
    title: r.title,
    facts: [
      [r.asOf, dateText(facts.asOf, language)],
      [r.people, r.peopleBy(facts.members.length, formal, probationary)],
      [r.branches, String(branches)],
      [r.printed, momentText(facts.printedAt, language)],
    ],
    signers: [r.compiledBy, r.checkedBy, r.inCharge],
  }
}

/** 党员花名册: a cover, then landscape, the head repeated on every page. */
export function memberRoster(facts: MemberRoster): Sheet {
  const language = facts.language ?? 'zh-CN'
  const t = textsOf(language)
  const r = t.roster
  const head = [
    t.index,
    t.name,
    r.gender,
    r.ethnicity,
    r.bornOn,
    r.idNumber,
    r.education,
    r.joinedOn,
    r.fullSince,
    t.standing,
    r.post,
    r.workplace,
    r.phone,
    t.remark,
  ].map((text) => label(text))
  const rows = facts.members.map((member, at): Cell[] => [
    centred(String(at + 1)),
    centred(member.name),
    centred(member.gender),
    centred(member.ethnicity),
    centred(shortDate(member.bornOn)),
    centred(member.idNumber),
    centred(member.education),
    centred(shortDate(member.joinedOn)),
    centred(shortDate(member.fullSince)),
    centred(member.standing),
    centred(member.post),
    cell(member.workplace),
    centred(member.phone),
    cell(member.remark),
  ])
  return {
    language,
    title: `${facts.organisation} ${r.title}`,
    author: facts.organisation,
    printedAt: facts.printedAt,
    orientation: 'landscape',
    style: 'record',
    blocks: [
      ...(facts.cover ? coverBlocks(coverOf(facts, facts.cover)) : []),
      { kind: 'title', text: r.title },
      {
        kind: 'subtitle',
        text: `${facts.organisation}　${r.asOf}${t.colon}${dateText(facts.asOf, language)}　${r.total(facts.members.length)}`,
      },
      { kind: 'table', widths: [4, 7, 4, 5, 8, 14, 7, 8, 8, 7, 8, 14, 9, 6], head, rows, minRowMm: 8, size: 9 },
    ],
  }
}
