import { useWrite } from '@tongxin/client/use-write'
import type { MemberEntry } from '@tongxin/contract/members'
import { proposeChange } from '@tongxin/contract/members.review'
import { ENTRY_KINDS, type EntryKind } from '@tongxin/domain/members/entries'
import { Button, ConfirmDialog, DateInput, Dialog, RefusalText, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_MEMBERS } from './members.api.ts'
import { useMemberWords } from './use-member-words.ts'

function usePropose(onClose: () => void) {
  const { t } = useTranslation()
  return useWrite(proposeChange, {
    refreshes: ALL_MEMBERS,
    onDone: () => {
      say(t('members.proposed'))
      onClose()
    },
  })
}

/** One entry of a sub-table, new or changed; it holds only after both reviews. */
export function EntryDialog(props: {
  memberId: string
  kind: EntryKind
  entry: MemberEntry | null
  onClose: () => void
}) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const { memberId, kind, entry, onClose } = props
  const [fromOn, setFrom] = useState(entry?.fromOn ?? '')
  const [untilOn, setUntil] = useState(entry?.untilOn ?? '')
  const [facts, setFacts] = useState<Readonly<Record<string, string>>>(entry?.facts ?? {})
  const propose = usePropose(onClose)
  const errorAt = useFieldErrors(propose.error)
  const names = [...ENTRY_KINDS[kind].facts, ...ENTRY_KINDS[kind].sealed]
  const filled = Object.fromEntries(Object.entries(facts).filter(([, value]) => value.trim() !== ''))
  const submit = () =>
    propose.mutate({
      body: {
        memberId,
        kind: entry ? 'changed_entry' : 'new_entry',
        ...(entry ? { entryId: entry.id } : {}),
        entry: { kind, fromOn: fromOn || null, untilOn: untilOn || null, facts: filled },
      },
    })
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(entry ? 'members.changeEntryOf' : 'members.addEntryTo', { kind: word('entryKind', kind) })}
      acts={
        <>
          <Button onClick={onClose}>{t('ui.back')}</Button>
          <Button
            kind="primary"
            isBusy={propose.isPending}
            whyNot={Object.keys(filled).length === 0 ? t('members.fillFirst') : undefined}
            onClick={submit}
          >
            {t('members.submit')}
          </Button>
        </>
      }
    >
      {entry && entry.sealed.length > 0 ? <p className="hint">{t('members.sealedAgain')}</p> : null}
      <DateInput label={t('members.fromOn')} value={fromOn} onChange={setFrom} />
      <DateInput
        label={t('members.untilOn')}
        value={untilOn}
        onChange={setUntil}
        error={errorAt('/body/entry/untilOn')}
      />
      {names.map((name) => (
        <TextInput
          key={name}
          label={word('entryFacts', name)}
          value={facts[name] ?? ''}
          maxLength={500}
          onChange={(value) => setFacts({ ...facts, [name]: value })}
        />
      ))}
      <RefusalText error={propose.error} />
    </Dialog>
  )
}

/** Ends an entry with a reason; it stays in the record as ended. */
export function EndEntryDialog(props: { memberId: string; entry: MemberEntry; onClose: () => void }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const { memberId, entry, onClose } = props
  const propose = usePropose(onClose)
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={t('members.endEntryOf', { kind: word('entryKind', entry.kind) })}
      verb={t('members.submit')}
      reasonLabel={t('members.reason')}
      isBusy={propose.isPending}
      error={propose.error}
      onConfirm={(reason) => propose.mutate({ body: { memberId, kind: 'ended_entry', entryId: entry.id, reason } })}
    />
  )
}
