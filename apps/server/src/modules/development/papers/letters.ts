import type { PaperBlock } from '../../forms/index.ts'
import { dayText, filled, printWordsOf, wordsOf } from '../development.print-words.ts'
import { inPart, liveStep } from '../development.road.ts'
import type { ComposedPaper, PaperFacts } from './parts.ts'

export function publicityNotice(facts: PaperFacts): ComposedPaper {
  const { road, language, name, orgName } = facts
  const t = printWordsOf(language).publicity
  const words = wordsOf(language)
  const posted = road.publicities.at(-1)
  const blank = '__________'
  const contacts = inPart(road, 'contact').map((person) => person.name)
  const purpose = words.purpose[posted?.purpose ?? 'object'] ?? ''
  const places = (posted?.places ?? []).map((place) => words.place[place] ?? place).join('、')
  const line = (text: string): PaperBlock => ({ kind: 'paragraph', indent: true, text })
  return {
    style: 'letter',
    blocks: [
      line(filled(t.opening, { purpose })),
      line(
        filled(t.person, {
          name,
          org: orgName,
          applied: dayText(road.one.appliedOn, language),
          activist: dayText(road.one.activistOn, language),
          contacts: contacts.join('、') || blank,
        }),
      ),
      line(
        filled(t.period, {
          from: dayText(posted?.from, language),
          until: dayText(posted?.until, language),
          places: places || blank,
        }),
      ),
      line(t.closing),
      line(t.contact),
      { kind: 'issuer', organisation: orgName, date: dayText(posted?.from ?? facts.today, language) },
    ],
  }
}

export function vettingLetter(
  { language, name, orgName, today }: PaperFacts,
  which: 'request' | 'reply',
): ComposedPaper {
  const t = printWordsOf(language).letter
  const line = (text: string): PaperBlock => ({ kind: 'paragraph', indent: true, text: filled(text, { name }) })
  const body =
    which === 'request' ? [line(t.opening), line(t.request)] : [line(t.reply), ...t.space.split('\n\n').map(line)]
  return {
    style: 'letter',
    blocks: [
      { kind: 'paragraph', text: t.addressee },
      ...body,
      which === 'request'
        ? { kind: 'issuer', organisation: orgName, date: dayText(today, language) }
        : { kind: 'issuer', organisation: '__________________', date: '' },
    ],
  }
}

export function examinationRequest({ road, language, name, orgName, today }: PaperFacts): ComposedPaper {
  const t = printWordsOf(language).request
  const examined = liveStep(road, 12)
  const blank = '____'
  const values = {
    name,
    applied: dayText(road.one.appliedOn, language),
    activist: dayText(road.one.activistOn, language),
    object: dayText(road.one.objectOn, language),
    introducers:
      inPart(road, 'introducer')
        .map((person) => person.name)
        .join('、') || blank,
    examined: dayText(examined?.heldOn, language),
    shouldAttend: String(examined?.facts.shouldAttend ?? blank),
    present: String(examined?.facts.present ?? blank),
    inFavour: String(examined?.facts.inFavour ?? blank),
  }
  const line = (text: string): PaperBlock => ({ kind: 'paragraph', indent: true, text: filled(text, values) })
  return {
    style: 'letter',
    blocks: [
      { kind: 'paragraph', text: t.addressee },
      line(t.opening),
      line(t.work),
      line(t.closing),
      { kind: 'issuer', organisation: orgName, date: dayText(examined?.heldOn ?? today, language) },
    ],
  }
}
