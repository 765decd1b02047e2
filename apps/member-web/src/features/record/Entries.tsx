import type { MemberEntry, MemberRecord } from '@tongxin/contract/members'
import { ENTRY_KIND_NAMES, ENTRY_KINDS, type EntryKind } from '@tongxin/domain/members/entries'
import { useTranslation } from 'react-i18next'

/** The paper dossier is the archive's own book-keeping, not a part of a person's life in the Party. */
const OF_THE_ARCHIVE: readonly EntryKind[] = ['dossier', 'loan']
const KINDS = ENTRY_KIND_NAMES.filter((kind) => !OF_THE_ARCHIVE.includes(kind))

/** What is written about me besides the fields: posts, awards, penalties, training and the rest, the newest first. */
export function Entries({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  return KINDS.map((kind) => {
    const entries = record.entries.filter((entry) => entry.kind === kind).toReversed()
    if (entries.length === 0) return null
    return (
      <section key={kind} className="card">
        <h2>{t(`words.members.entryKind.${kind}`)}</h2>
        <ul className="record-entries">
          {entries.map((entry) => (
            <OneEntry key={entry.id} entry={entry} />
          ))}
        </ul>
      </section>
    )
  })
}

function OneEntry({ entry }: { entry: MemberEntry }) {
  const { t } = useTranslation()
  const wordOf = (fact: string) => t(`words.members.entryFacts.${fact}`)
  const period = [entry.fromOn, entry.untilOn].map((day) => day ?? '').join(' – ')
  return (
    <li data-ended={entry.endedReason !== null || undefined}>
      {entry.fromOn || entry.untilOn ? <time>{period}</time> : null}
      <dl className="record-facts">
        {ENTRY_KINDS[entry.kind].facts.map((fact) =>
          entry.facts[fact] ? (
            <div key={fact}>
              <dt>{wordOf(fact)}</dt>
              <dd>{entry.facts[fact]}</dd>
            </div>
          ) : null,
        )}
      </dl>
      {entry.sealed.length > 0 ? (
        <span className="hint">{t('record.sealed', { names: entry.sealed.map(wordOf).join(t('record.comma')) })}</span>
      ) : null}
      {entry.endedReason === null ? null : (
        <span className="hint">{t('record.ended', { reason: entry.endedReason })}</span>
      )}
    </li>
  )
}
