import { useMutation, useQueryClient } from '@tanstack/react-query'
import { download } from '@tongxin/client/download'
import { useWrite } from '@tongxin/client/use-write'
import {
  cancelRound,
  changeRoundDates,
  closeSheets,
  printCodes,
  type RoundRecord,
  recordAppraisalStudy,
  reportRound,
} from '@tongxin/contract/appraisal'
import { returnGrades } from '@tongxin/contract/appraisal.grades'
import { DateInput, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_APPRAISAL } from './appraisal.api.ts'
import { DateFields, wholeDates } from './OpenDialog.tsx'
import { useDone } from './use-done.ts'

type Props = { round: RoundRecord; onClose: () => void }

export function StudyDialog({ round, onClose }: Props) {
  const { t } = useTranslation()
  const [heldOn, setHeldOn] = useState('')
  const [note, setNote] = useState('')
  const save = useWrite(recordAppraisalStudy, useDone(onClose, 'appraisal.said.study'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('appraisal.act.study')}
      verb={t('appraisal.save')}
      lead={t('appraisal.sure.study')}
      labels={{ '/body/heldOn': t('appraisal.heldOn') }}
      whyNot={heldOn === '' || note.trim() === '' ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: { heldOn, note: note.trim() } })}
    >
      <DateInput
        label={t('appraisal.heldOn')}
        required
        value={heldOn}
        onChange={setHeldOn}
        error={errorAt('/body/heldOn')}
      />
      <TextArea label={t('appraisal.studyNote')} required rows={4} maxLength={2000} value={note} onChange={setNote} />
    </FormDialog>
  )
}

export function DatesDialog({ round, onClose }: Props) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Parameters<typeof wholeDates>[0]>(round.dates)
  const save = useWrite(changeRoundDates, useDone(onClose, 'appraisal.said.change'))
  const dates = wholeDates(draft)
  return (
    <FormDialog
      title={t('appraisal.act.change')}
      verb={t('appraisal.save')}
      lead={t('appraisal.sure.change')}
      labels={{ '/body/dates': t('appraisal.dates') }}
      whyNot={dates ? undefined : t('appraisal.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (dates) save.mutate({ params: { id: round.id }, body: dates, ifMatch: round.version })
      }}
    >
      <DateFields dates={draft} onChange={setDraft} error={save.error} />
    </FormDialog>
  )
}

export function CodesDialog({ round, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const [count, setCount] = useState('20')
  const print = useMutation({
    mutationFn: (codes: number) =>
      download(printCodes, {
        params: { id: round.id },
        body: { codes, language: i18n.language === 'en' ? 'en' : 'zh-CN' },
      }),
    onSuccess: async () => {
      await Promise.all(ALL_APPRAISAL.map((queryKey) => client.invalidateQueries({ queryKey })))
      say(t('appraisal.said.codes'))
      onClose()
    },
  })
  const errorAt = useFieldErrors(print.error)
  const isWrong = !/^\d{1,3}$/.test(count) || Number(count) < 1 || Number(count) > 200
  return (
    <FormDialog
      title={t('appraisal.act.codes')}
      verb={t('appraisal.printCodes')}
      lead={t('appraisal.sure.codes')}
      whyNot={isWrong ? t('appraisal.codesFirst') : undefined}
      isBusy={print.isPending}
      error={print.error}
      onClose={onClose}
      onSubmit={() => print.mutate(Number(count))}
    >
      <TextInput
        label={t('appraisal.codes')}
        required
        inputMode="numeric"
        maxLength={3}
        value={count}
        onChange={setCount}
        error={errorAt('/body/codes')}
      />
    </FormDialog>
  )
}

export function CloseSheetsDialog({ round, onClose }: Props) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(closeSheets, useDone(onClose, 'appraisal.said.closeSheets'))
  const errorAt = useFieldErrors(save.error)
  const missing = round.people - round.sheetsReturned
  const given = reason.trim()
  return (
    <FormDialog
      title={t('appraisal.act.closeSheets')}
      verb={t('appraisal.act.closeSheets')}
      lead={t(missing > 0 ? 'appraisal.sure.closeMissing' : 'appraisal.sure.closeSheets', {
        missing,
        on: round.dates.sheetDueOn,
      })}
      labels={{ '/body/reason': t('appraisal.reason') }}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: given.length >= 2 ? { reason: given } : {} })}
    >
      {missing > 0 ? (
        <TextArea
          label={t('appraisal.earlyReason')}
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={setReason}
          error={errorAt('/body/reason')}
        />
      ) : null}
    </FormDialog>
  )
}

const WITH_REASON = { cancel: cancelRound, return: returnGrades } as const

export function ReasonDialog({ round, onClose, act }: Props & { act: keyof typeof WITH_REASON }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(WITH_REASON[act] as typeof cancelRound, useDone(onClose, `appraisal.said.${act}`))
  return (
    <FormDialog
      title={t(`appraisal.act.${act}`)}
      verb={t(`appraisal.act.${act}`)}
      lead={t(`appraisal.sure.${act}`)}
      isDanger={act === 'cancel'}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: { reason: reason.trim() } })}
    >
      <TextArea label={t('appraisal.reason')} required rows={3} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

export function ReportDialog({ round, onClose }: Props) {
  const { t } = useTranslation()
  const [on, setOn] = useState('')
  const [documentNumber, setDocumentNumber] = useState('')
  const save = useWrite(reportRound, useDone(onClose, 'appraisal.said.report'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('appraisal.act.report')}
      verb={t('appraisal.act.report')}
      lead={t('appraisal.sure.report')}
      labels={{ '/body/on': t('appraisal.reportedOn') }}
      whyNot={on === '' || documentNumber.trim() === '' ? t('appraisal.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => save.mutate({ params: { id: round.id }, body: { on, documentNumber: documentNumber.trim() } })}
    >
      <DateInput label={t('appraisal.reportedOn')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      <TextInput
        label={t('appraisal.documentNumber')}
        required
        maxLength={60}
        value={documentNumber}
        onChange={setDocumentNumber}
      />
    </FormDialog>
  )
}
