import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord, RollRow } from '@tongxin/contract/elections'
import { leaveOut } from '@tongxin/contract/elections.acts'
import { ELECTION_LEFT_OUT, type ElectionLeftOut } from '@tongxin/contract/elections.words'
import { Select, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { PeoplePick } from './PeoplePick.tsx'
import { useDone } from './use-done.ts'

/** Who is left out of those who should attend: each with the group he belongs to, and both consents (ELEC-5). */
export function LeftOutDialog(props: { election: ElectionRecord; rows: readonly RollRow[]; onClose: () => void }) {
  const { election, rows, onClose } = props
  const { t } = useTranslation()
  const [reasons, setReasons] = useState<Readonly<Record<string, ElectionLeftOut | ''>>>(() =>
    Object.fromEntries(rows.flatMap((row) => (row.leftOut ? [[row.memberId, row.leftOut]] : []))),
  )
  const { consent } = election.roll
  const [documentNumber, setDocumentNumber] = useState(consent?.documentNumber ?? '')
  const [isApproved, setApproved] = useState(consent?.meetingApproved ?? false)
  const save = useWrite(leaveOut, useDone(onClose, 'elections.leftOutSaved'))
  const ids = Object.keys(reasons)
  const people = ids.flatMap((memberId) => {
    const reason = reasons[memberId]
    return reason ? [{ memberId, reason }] : []
  })
  const submit = () =>
    save.mutate({
      params: { id: election.id },
      body: { people, documentNumber: documentNumber.trim() || null, meetingApproved: isApproved },
    })
  return (
    <FormDialog
      title={t('elections.leaveOut')}
      verb={t('elections.save')}
      lead={t('elections.leaveOutLead')}
      whyNot={people.length === ids.length ? undefined : t('elections.reasonForEach')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <PeoplePick
        label={t('elections.roll.leftOut')}
        orgId={election.orgId}
        among={rows}
        value={ids}
        onChange={(chosen) => setReasons(Object.fromEntries(chosen.map((id) => [id, reasons[id] ?? ''])))}
      />
      {ids.map((id) => (
        <Select
          key={id}
          label={t('elections.reasonOf', { name: rows.find((row) => row.memberId === id)?.name ?? '' })}
          required
          value={reasons[id] ?? ''}
          options={ELECTION_LEFT_OUT.map((value) => ({ value, label: t(`elections.leftOut.${value}`) }))}
          onChange={(reason) => setReasons({ ...reasons, [id]: reason })}
        />
      ))}
      <TextInput
        label={t('elections.consentNumber')}
        help={t('elections.consentHelp')}
        maxLength={60}
        value={documentNumber}
        onChange={setDocumentNumber}
      />
      <label className="election-check">
        <input type="checkbox" checked={isApproved} onChange={(event) => setApproved(event.target.checked)} />
        {t('elections.meetingApproved')}
      </label>
    </FormDialog>
  )
}
