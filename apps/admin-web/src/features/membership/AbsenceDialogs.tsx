import { useWrite } from '@tongxin/client/use-write'
import { type AbsenceRecord, changeAbsence, endAbsence, noteContact } from '@tongxin/contract/membership'
import { ABSENCE_ENDS, CONTACT_WAYS, type ContactWay } from '@tongxin/contract/membership.words'
import { DateInput, Select, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FactFields, type FactTexts, factsOf } from './ReportDialog.tsx'
import { useDone } from './use-done.ts'

type Props = { absence: AbsenceRecord; onClose: () => void }

const noted = (note: string) => (note.trim() === '' ? {} : { note: note.trim() })

export function ContactDialog({ absence, onClose }: Props) {
  const { t } = useTranslation()
  const [on, setOn] = useState('')
  const [way, setWay] = useState<ContactWay | ''>('')
  const [reached, setReached] = useState<'true' | 'false' | ''>('')
  const [note, setNote] = useState('')
  const save = useWrite(noteContact, useDone(onClose, 'membership.contactNoted'))
  const errorAt = useFieldErrors(save.error)
  const isIncomplete = on === '' || way === '' || reached === ''
  return (
    <FormDialog
      title={t('membership.noteContact')}
      verb={t('membership.save')}
      labels={{ '/body/on': t('membership.on') }}
      whyNot={isIncomplete ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (way !== '')
          save.mutate({ params: { id: absence.id }, body: { on, way, reached: reached === 'true', ...noted(note) } })
      }}
    >
      <DateInput label={t('membership.on')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      <Select
        label={t('membership.way')}
        required
        value={way}
        onChange={setWay}
        options={CONTACT_WAYS.filter((value) => value !== 'own_report').map((value) => ({
          value,
          label: t(`words.membership.way.${value}`),
        }))}
      />
      <Select
        label={t('membership.reached')}
        required
        value={reached}
        onChange={setReached}
        options={[
          { value: 'true', label: t('membership.yes') },
          { value: 'false', label: t('membership.no') },
        ]}
      />
      <TextArea label={t('membership.note')} rows={3} maxLength={1000} value={note} onChange={setNote} />
    </FormDialog>
  )
}

type End = 'returned' | 'found' | 'transferred' | 'mistaken'

export function EndDialog({ absence, onClose }: Props) {
  const { t } = useTranslation()
  const [on, setOn] = useState('')
  const [end, setEnd] = useState<End | ''>('')
  const [note, setNote] = useState('')
  const save = useWrite(endAbsence, useDone(onClose, 'membership.ended'))
  const errorAt = useFieldErrors(save.error)
  const ends = ABSENCE_ENDS.filter(
    (value): value is End => value !== 'decided' && (absence.kind === 'lost' || value !== 'found'),
  )
  return (
    <FormDialog
      title={t('membership.end')}
      verb={t('membership.end')}
      lead={t('membership.endLead')}
      labels={{ '/body/on': t('membership.endedOn') }}
      whyNot={on === '' || end === '' ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (end !== '') save.mutate({ params: { id: absence.id }, body: { on, end, ...noted(note) } })
      }}
    >
      <DateInput label={t('membership.endedOn')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      <Select
        label={t('membership.howEnded')}
        required
        value={end}
        onChange={setEnd}
        options={ends.map((value) => ({ value, label: t(`words.membership.absenceEnd.${value}`) }))}
      />
      <TextArea label={t('membership.note')} rows={3} maxLength={1000} value={note} onChange={setNote} />
    </FormDialog>
  )
}

export function ChangeAbsenceDialog({ absence, onClose }: Props) {
  const { t } = useTranslation()
  const [startedOn, setStartedOn] = useState(absence.startedOn)
  const [facts, setFacts] = useState<FactTexts>(absence.facts)
  const save = useWrite(changeAbsence, useDone(onClose, 'membership.saved'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('membership.change')}
      verb={t('membership.save')}
      labels={{ '/body/startedOn': t('membership.startedOn') }}
      whyNot={startedOn === '' ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: absence.id },
          ifMatch: absence.version,
          body: { startedOn, facts: factsOf(facts) },
        })
      }
    >
      <DateInput
        label={t('membership.startedOn')}
        required
        value={startedOn}
        onChange={setStartedOn}
        error={errorAt('/body/startedOn')}
      />
      <FactFields kind={absence.kind} facts={facts} onChange={setFacts} />
    </FormDialog>
  )
}
