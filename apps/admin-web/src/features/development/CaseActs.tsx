import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { postponeConversion, returnDevelopmentCase, setCaseState } from '@tongxin/contract/development.acts'
import { DateInput, Select, say } from '@tongxin/ui'
import { Dropdown } from 'antd'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import type { OnStep } from './CasePage.tsx'
import { ALL_DEVELOPMENT } from './development.api.ts'
import { liveStep } from './development.format.ts'
import { Reason } from './Reason.tsx'
import { useWhyNot } from './use-why-not.ts'
import { RefusalWithArticle } from './Verdicts.tsx'

type StateAct = 'pause' | 'resume' | 'stop'
type Act = StateAct | 'return' | 'postpone' | 'extend' | 'cancel'
const STATE_ACTS: Readonly<Record<StateAct, 'paused' | 'running' | 'stopped'>> = {
  pause: 'paused',
  resume: 'running',
  stop: 'stopped',
}
const isStateAct = (act: Act): act is StateAct => act in STATE_ACTS

/** The record of the person, and what is done rarely: pause, stop, go back, extend, cancel, put off. */
export function CaseActs({ one, on }: { one: DevelopmentCase; on: OnStep }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  const [asked, setAsked] = useState<Act | null>(null)
  const { can, card } = one
  // Extension and cancellation are outcomes of the meeting on conversion (art. 31, 34): its form opens with them.
  const onProbation = card.admittedOn !== null && liveStep(one, 23) === null
  const ofMeeting = can.record ?? (onProbation ? null : 'wrong_state')
  const acts: [Act, string | null][] = [
    card.state === 'paused' ? ['resume', can.resume] : ['pause', can.pause],
    ['stop', can.stop],
    ['return', can.return],
    ['postpone', can.postpone],
    ['extend', ofMeeting],
    ['cancel', ofMeeting],
  ]
  const start = (act: Act) => {
    if (act === 'extend' || act === 'cancel') on.record(23, { outcome: act })
    else setAsked(act)
  }
  const close = () => setAsked(null)
  return (
    <>
      <Link className="tx-button" to={paths.members.one(card.memberId)}>
        {t('development.openRecord')}
      </Link>
      <Dropdown
        trigger={['click']}
        menu={{
          items: acts.map(([act, word]) => ({
            key: act,
            label: t(`development.act.${act}`),
            title: whyNot(word) ?? '',
            disabled: word !== null,
            danger: act === 'stop' || act === 'cancel',
          })),
          onClick: ({ key }) => start(key as Act),
        }}
      >
        <button type="button" className="tx-button">
          <Ellipsis aria-hidden="true" size="1.1em" />
          {t('development.more')}
        </button>
      </Dropdown>
      {asked && isStateAct(asked) ? <StateDialog one={one} act={asked} onClose={close} /> : null}
      {asked === 'return' ? <ReturnDialog one={one} onClose={close} /> : null}
      {asked === 'postpone' ? <PostponeDialog one={one} onClose={close} /> : null}
    </>
  )
}

type Props = { one: DevelopmentCase; onClose: () => void }

function useDone(textKey: string, onClose: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t(textKey))
      onClose()
    },
  }
}

function StateDialog({ one, act, onClose }: Props & { act: StateAct }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(setCaseState, useDone(`development.actDone.${act}`, onClose))
  return (
    <FormDialog
      title={t(`development.act.${act}`)}
      verb={t(`development.act.${act}`)}
      lead={t(`development.actLead.${act}`, { name: one.card.name })}
      isDanger={act === 'stop'}
      whyNot={reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: one.card.id },
          ifMatch: one.version,
          body: { to: STATE_ACTS[act], reason: reason.trim() },
        })
      }
    >
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function ReturnDialog({ one, onClose }: Props) {
  const { t } = useTranslation()
  const [toStep, setToStep] = useState('')
  const [reason, setReason] = useState('')
  const save = useWrite(returnDevelopmentCase, useDone('development.actDone.return', onClose))
  const done = [...new Set(one.steps.map(({ step }) => step))]
    .filter((step) => liveStep(one, step))
    .sort((a, b) => a - b)
  const undone = done.filter((step) => toStep !== '' && step >= Number(toStep))
  return (
    <FormDialog
      title={t('development.act.return')}
      verb={t('development.act.return')}
      lead={t('development.actLead.return')}
      isDanger
      whyNot={toStep === '' || reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: one.card.id },
          ifMatch: one.version,
          body: { toStep: Number(toStep), reason: reason.trim() },
        })
      }
    >
      <Select
        label={t('development.toStep')}
        required
        value={toStep}
        onChange={setToStep}
        options={done.map((step) => ({ value: String(step), label: t('development.stepNumber', { step }) }))}
      />
      {undone.length > 0 ? <p>{t('development.undone', { steps: undone.join(t('development.listComma')) })}</p> : null}
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function PostponeDialog({ one, onClose }: Props) {
  const { t } = useTranslation()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const save = useWrite(postponeConversion, useDone('development.actDone.postpone', onClose))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('development.act.postpone')}
      verb={t('development.act.postpone')}
      lead={t('development.actLead.postpone')}
      whyNot={until === '' || reason.trim().length < 2 ? t('ui.reasonFirst') : undefined}
      isBusy={save.isPending}
      error={null}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ params: { id: one.card.id }, ifMatch: one.version, body: { until, reason: reason.trim() } })
      }
    >
      <RefusalWithArticle error={save.error} labels={{ '/body/until': t('development.until') }} />
      <DateInput
        label={t('development.until')}
        required
        value={until}
        onChange={setUntil}
        error={errorAt('/body/until')}
      />
      <Reason value={reason} onChange={setReason} />
    </FormDialog>
  )
}
