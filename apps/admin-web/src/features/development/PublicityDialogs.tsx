import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { closePublicity, postPublicity } from '@tongxin/contract/development.record'
import {
  PUBLICITY_CHANNELS,
  PUBLICITY_PLACES,
  PUBLICITY_PURPOSES,
  type PublicityPurpose,
} from '@tongxin/contract/development.words'
import { countWorkdays, coversYears } from '@tongxin/domain/general/workdays'
import { DateInput, dateOf, Lamp, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { WordSelect, YesNo } from './CaseSelects.tsx'
import { ALL_DEVELOPMENT, workdaysQuery } from './development.api.ts'
import type { Publicity } from './PublicityTab.tsx'
import { Ticks } from './StepFields.tsx'
import { RefusalWithArticle } from './Verdicts.tsx'

type Props = { one: DevelopmentCase; onClose: () => void }

/** The purpose that the road asks for now; '' before the first that is made public. */
export function purposeOf({ next }: DevelopmentCase): PublicityPurpose | '' {
  const step = next?.step ?? 0
  if (step >= 24) return 'conversion'
  if (step >= 16) return 'admission'
  return step >= 9 ? 'object' : step >= 4 ? 'activist' : ''
}

type Posting = {
  purpose: PublicityPurpose | ''
  from: string
  until: string
  places: readonly (typeof PUBLICITY_PLACES)[number][]
  channel: (typeof PUBLICITY_CHANNELS)[number] | ''
  floating: 'yes' | 'no' | ''
}

export function PostPublicityDialog({ one, onClose }: Props) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Posting>({
    purpose: purposeOf(one),
    from: dateOf(Date.now()),
    until: '',
    places: ['unit'],
    channel: 'board',
    floating: 'no',
  })
  const save = useWrite(postPublicity, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.publicityPosted'))
      onClose()
    },
  })
  const { purpose, channel, ...rest } = form
  const isWanting = [purpose, channel, rest.from, rest.until].includes('') || rest.places.length === 0
  const submit = () => {
    if (purpose === '' || channel === '') return
    const body = { ...rest, purpose, channel, places: [...rest.places], floating: rest.floating === 'yes' }
    save.mutate({ params: { id: one.card.id }, body })
  }
  return (
    <FormDialog
      title={t('development.postPublicity')}
      verb={t('development.post')}
      lead={t('development.publicityLead')}
      whyNot={isWanting ? t('development.publicityFirst') : undefined}
      isBusy={save.isPending}
      error={null}
      onClose={onClose}
      onSubmit={submit}
    >
      <PostFields form={form} error={save.error} onChange={(change) => setForm({ ...form, ...change })} />
    </FormDialog>
  )
}

function PostFields(props: { form: Posting; error: unknown; onChange: (change: Partial<Posting>) => void }) {
  const { t } = useTranslation()
  const { form, error, onChange } = props
  const errorAt = useFieldErrors(error)
  const labels = { '/body/until': t('development.until'), '/body/from': t('development.fromOn') }
  return (
    <>
      <RefusalWithArticle error={error} labels={{ ...labels, '/body/purpose': t('development.purpose') }} />
      <WordSelect
        label={t('development.purpose')}
        group="purpose"
        words={PUBLICITY_PURPOSES}
        value={form.purpose}
        onChange={(purpose) => onChange({ purpose })}
        error={errorAt('/body/purpose')}
      />
      <div className="development-row">
        {(['from', 'until'] as const).map((name) => (
          <DateInput
            key={name}
            label={labels[`/body/${name}`]}
            required
            value={form[name]}
            onChange={(day) => onChange({ [name]: day })}
            error={errorAt(`/body/${name}`)}
          />
        ))}
      </div>
      <Workdays from={form.from} until={form.until} />
      <Ticks
        label={t('development.places')}
        options={PUBLICITY_PLACES.map((value) => ({ value, label: t(`words.development.place.${value}`) }))}
        value={form.places}
        onChange={(next) => onChange({ places: PUBLICITY_PLACES.filter((place) => next.includes(place)) })}
      />
      <WordSelect
        label={t('development.channel')}
        group="channel"
        words={PUBLICITY_CHANNELS}
        value={form.channel}
        onChange={(channel) => onChange({ channel })}
      />
      <YesNo
        label={t('development.floating')}
        help={t('development.floatingHelp')}
        value={form.floating}
        onChange={(floating) => onChange({ floating })}
      />
    </>
  )
}

// Art. 13. The server judges with the figures of the unit; this only counts while one types.
const LEAST_WORKDAYS = 5

/** How many working days lie between the two days, both counted. */
function Workdays({ from, until }: { from: string; until: string }) {
  const { t } = useTranslation()
  const { data } = useQuery(workdaysQuery(from, until))
  if (!data || until === '' || from === '' || until < from) return null
  const count = countWorkdays(from, until, data)
  return (
    <div>
      <Lamp state={count >= LEAST_WORKDAYS ? 'ok' : 'late'}>{t('development.workdays', { count })}</Lamp>
      {coversYears(data, from, until) ? null : <p className="hint">{t('development.provisional')}</p>}
    </div>
  )
}

type Result = { closedOn: string; feedback: string; verification: string; passed: 'yes' | 'no' | '' }

export function ClosePublicityDialog({ one, publicity, onClose }: Props & { publicity: Publicity }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Result>({
    closedOn: dateOf(Date.now()),
    feedback: '0',
    verification: '',
    passed: '',
  })
  const save = useWrite(closePublicity, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.publicityClosed'))
      onClose()
    },
  })
  const verification = form.verification.trim()
  const isWanting =
    !/^\d{1,4}$/.test(form.feedback) ||
    form.closedOn === '' ||
    form.passed === '' ||
    (Number(form.feedback) > 0 && verification === '')
  const submit = () => {
    const { closedOn, feedback, passed } = form
    const said = verification ? { verification } : {}
    const body = { closedOn, feedback: Number(feedback), passed: passed === 'yes', ...said }
    save.mutate({ params: { id: one.card.id, publicityId: publicity.id }, body })
  }
  return (
    <FormDialog
      title={t('development.closePublicity')}
      verb={t('development.save')}
      labels={{ '/body/closedOn': t('development.closedOn'), '/body/verification': t('development.verification') }}
      whyNot={isWanting ? t('development.resultFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <CloseFields form={form} error={save.error} onChange={(change) => setForm({ ...form, ...change })} />
    </FormDialog>
  )
}

function CloseFields(props: { form: Result; error: unknown; onChange: (change: Partial<Result>) => void }) {
  const { t } = useTranslation()
  const { form, onChange } = props
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      <DateInput
        label={t('development.closedOn')}
        required
        value={form.closedOn}
        onChange={(closedOn) => onChange({ closedOn })}
        error={errorAt('/body/closedOn')}
      />
      <TextInput
        label={t('development.feedback')}
        required
        inputMode="numeric"
        maxLength={4}
        value={form.feedback}
        onChange={(feedback) => onChange({ feedback })}
      />
      <TextArea
        label={t('development.verification')}
        required={Number(form.feedback) > 0}
        rows={3}
        maxLength={4000}
        value={form.verification}
        onChange={(verification) => onChange({ verification })}
        error={errorAt('/body/verification')}
      />
      <YesNo
        label={t('development.publicityResult')}
        value={form.passed}
        onChange={(passed) => onChange({ passed })}
        yes={t('development.publicity.passed')}
        no={t('development.publicity.notPassed')}
      />
    </>
  )
}
