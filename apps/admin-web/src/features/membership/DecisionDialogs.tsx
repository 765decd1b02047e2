import { useWrite } from '@tongxin/client/use-write'
import {
  approveDecision,
  type DecisionRecord,
  decideAppeal,
  recordDecisionMeeting,
  returnDecision,
  serveDecision,
  withdrawDecision,
} from '@tongxin/contract/membership.decisions'
import { SERVED_WAYS } from '@tongxin/contract/membership.words'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

type Props = { decision: DecisionRecord; onClose: () => void }

const COUNTS = ['shouldAttend', 'present', 'inFavour'] as const

export function MeetingDialog({ decision, onClose }: Props) {
  const { t } = useTranslation()
  const [heldOn, setHeldOn] = useState('')
  const [counts, setCounts] = useState<Partial<Record<(typeof COUNTS)[number], string>>>({})
  const [resolution, setResolution] = useState('')
  const save = useWrite(recordDecisionMeeting, useDone(onClose, 'membership.meetingSaved'))
  const errorAt = useFieldErrors(save.error)
  const isWrong = COUNTS.some((name) => !/^\d{1,6}$/.test(counts[name] ?? ''))
  const submit = () => {
    const [shouldAttend = 0, present = 0, inFavour = 0] = COUNTS.map((name) => Number(counts[name]))
    const body = { heldOn, shouldAttend, present, inFavour, resolution: resolution.trim() }
    save.mutate({ params: { id: decision.id }, body })
  }
  return (
    <FormDialog
      title={t('membership.meet')}
      verb={t('membership.save')}
      lead={t('membership.meetLead')}
      labels={Object.fromEntries(COUNTS.map((name) => [`/body/${name}`, t(`membership.${name}`)]))}
      whyNot={heldOn === '' || isWrong || resolution.trim().length < 2 ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <DateInput
        label={t('membership.heldOn')}
        required
        value={heldOn}
        onChange={setHeldOn}
        error={errorAt('/body/heldOn')}
      />
      {COUNTS.map((name) => (
        <TextInput
          key={name}
          label={t(`membership.${name}`)}
          required
          inputMode="numeric"
          maxLength={6}
          value={counts[name] ?? ''}
          onChange={(value) => setCounts({ ...counts, [name]: value })}
          error={errorAt(`/body/${name}`)}
        />
      ))}
      <TextArea
        label={t('membership.resolution')}
        required
        rows={3}
        maxLength={1000}
        value={resolution}
        onChange={setResolution}
      />
    </FormDialog>
  )
}

export function ApproveDialog({ decision, onClose }: Props) {
  const { t } = useTranslation()
  const [documentNumber, setDocumentNumber] = useState('')
  const [effectiveOn, setEffectiveOn] = useState('')
  const [opinion, setOpinion] = useState('')
  const save = useWrite(approveDecision, useDone(onClose, 'membership.approvedSaid'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('membership.approve')}
      verb={t('membership.approve')}
      lead={t('membership.approveLead', {
        name: decision.name,
        kind: t(`words.membership.decisionKind.${decision.kind}`),
      })}
      labels={{ '/body/effectiveOn': t('membership.effectiveOn') }}
      whyNot={documentNumber.trim() === '' || effectiveOn === '' ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: decision.id },
          body: {
            documentNumber: documentNumber.trim(),
            effectiveOn,
            ...(opinion.trim() ? { opinion: opinion.trim() } : {}),
          },
        })
      }
    >
      <TextInput
        label={t('membership.documentNumber')}
        required
        maxLength={60}
        value={documentNumber}
        onChange={setDocumentNumber}
      />
      <DateInput
        label={t('membership.effectiveOn')}
        required
        value={effectiveOn}
        onChange={setEffectiveOn}
        error={errorAt('/body/effectiveOn')}
      />
      <TextArea label={t('membership.opinion')} rows={3} maxLength={1000} value={opinion} onChange={setOpinion} />
    </FormDialog>
  )
}

export function ReasonDialog({ decision, onClose, act }: Props & { act: 'return' | 'withdraw' }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const back = useWrite(returnDecision, useDone(onClose, 'membership.returnedSaid'))
  const withdraw = useWrite(withdrawDecision, useDone(onClose, 'membership.withdrawnSaid'))
  const input = { params: { id: decision.id }, body: { reason: reason.trim() } }
  return (
    <FormDialog
      title={t(`membership.${act}`)}
      verb={t(`membership.${act}`)}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={back.isPending || withdraw.isPending}
      error={back.error ?? withdraw.error}
      onClose={onClose}
      onSubmit={() => (act === 'return' ? back.mutate(input) : withdraw.mutate(input))}
    >
      <TextArea label={t('membership.why')} required rows={3} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

export function ServeDialog({ decision, onClose }: Props) {
  const { t } = useTranslation()
  const [on, setOn] = useState('')
  const [way, setWay] = useState<(typeof SERVED_WAYS)[number] | ''>('')
  const save = useWrite(serveDecision, useDone(onClose, 'membership.servedSaid'))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('membership.serve')}
      verb={t('membership.save')}
      labels={{ '/body/on': t('membership.servedOn') }}
      whyNot={on === '' || way === '' ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (way !== '') save.mutate({ params: { id: decision.id }, body: { on, way } })
      }}
    >
      <DateInput label={t('membership.servedOn')} required value={on} onChange={setOn} error={errorAt('/body/on')} />
      <Select
        label={t('membership.servedWay')}
        required
        value={way}
        onChange={setWay}
        options={SERVED_WAYS.map((value) => ({ value, label: t(`membership.servedWayOf.${value}`) }))}
      />
    </FormDialog>
  )
}

export function AppealDialog({ decision, onClose }: Props) {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<'upheld' | 'changed' | ''>('')
  const [opinion, setOpinion] = useState('')
  const save = useWrite(decideAppeal, useDone(onClose, 'membership.appealSaid'))
  return (
    <FormDialog
      title={t('membership.decideAppeal')}
      verb={t('membership.save')}
      lead={t('membership.appealLead')}
      whyNot={outcome === '' || opinion.trim().length < 2 ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (outcome !== '') save.mutate({ params: { id: decision.id }, body: { outcome, opinion: opinion.trim() } })
      }}
    >
      <blockquote>{decision.appeal}</blockquote>
      <Select
        label={t('membership.outcome')}
        required
        value={outcome}
        onChange={setOutcome}
        options={(['upheld', 'changed'] as const).map((value) => ({
          value,
          label: t(`membership.outcomeOf.${value}`),
        }))}
      />
      <TextArea
        label={t('membership.opinion')}
        required
        rows={3}
        maxLength={1000}
        value={opinion}
        onChange={setOpinion}
      />
    </FormDialog>
  )
}
