import type { MemberEntry, MemberRecord } from '@tongxin/contract/members'
import { ENTRY_KIND_NAMES, type EntryKind } from '@tongxin/domain/members/entries'
import { Button, Lamp } from '@tongxin/ui'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { EndEntryDialog, EntryDialog } from './EntryDialog.tsx'
import { useMemberWords } from './use-member-words.ts'

/** The paper dossier has its own tab, where the keeper enters what lies in the folder. */
export const SHOWN_KINDS: readonly EntryKind[] = ENTRY_KIND_NAMES.filter(
  (kind) => kind !== 'dossier' && kind !== 'loan',
)

type Asked = { readonly act: 'write' | 'end'; readonly kind: EntryKind; readonly entry: MemberEntry | null }

/** Sub-tables of the record: career, posts, awards, penalties, family and the rest, each entry with its period. */
export function EntriesTab({ record }: { record: MemberRecord }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const [asked, setAsked] = useState<Asked | null>(null)
  const whyNot = record.can.propose ? undefined : t('shared.notYourPost')
  const close = () => setAsked(null)
  return (
    <>
      {SHOWN_KINDS.map((kind) => (
        <section key={kind} className="entry-kind" aria-label={word('entryKind', kind)}>
          <header>
            <h3>{word('entryKind', kind)}</h3>
            <Button
              kind="quiet"
              icon={<Plus size="1.1em" aria-hidden="true" />}
              whyNot={whyNot}
              aria-label={t('members.addEntryTo', { kind: word('entryKind', kind) })}
              onClick={() => setAsked({ act: 'write', kind, entry: null })}
            >
              {t('members.addEntry')}
            </Button>
          </header>
          <ul className="entry-list">
            {record.entries
              .filter((entry) => entry.kind === kind)
              .map((entry) => (
                <OneEntry
                  key={entry.id}
                  entry={entry}
                  whyNot={whyNot}
                  onAsk={(act) => setAsked({ act, kind, entry })}
                />
              ))}
          </ul>
        </section>
      ))}
      {asked?.act === 'write' ? (
        <EntryDialog memberId={record.card.id} kind={asked.kind} entry={asked.entry} onClose={close} />
      ) : null}
      {asked?.act === 'end' && asked.entry ? (
        <EndEntryDialog memberId={record.card.id} entry={asked.entry} onClose={close} />
      ) : null}
    </>
  )
}

function OneEntry(props: { entry: MemberEntry; whyNot: string | undefined; onAsk: (act: 'write' | 'end') => void }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const { entry } = props
  const period = [entry.fromOn, entry.untilOn].map((day) => day ?? '').join(' – ')
  return (
    <li data-ended={entry.endedReason !== null || undefined}>
      <span>
        {entry.fromOn || entry.untilOn ? <span className="hint">{period} </span> : null}
        {Object.entries(entry.facts)
          .map(([fact, value]) => `${word('entryFacts', fact)}${t('ui.colon')}${value}`)
          .join(t('members.between'))}
        {entry.sealed.length > 0 ? (
          <span className="hint">
            {' '}
            {t('members.sealedFacts', { names: entry.sealed.map((fact) => word('entryFacts', fact)) })}
          </span>
        ) : null}
      </span>
      {entry.endedReason === null ? (
        <span className="entry-acts">
          <Button kind="quiet" whyNot={props.whyNot} onClick={() => props.onAsk('write')}>
            {t('members.changeEntry')}
          </Button>
          <Button kind="quiet" whyNot={props.whyNot} onClick={() => props.onAsk('end')}>
            {t('members.endEntry')}
          </Button>
        </span>
      ) : (
        <Lamp state="idle">{t('members.endedBecause', { reason: entry.endedReason })}</Lamp>
      )}
    </li>
  )
}
