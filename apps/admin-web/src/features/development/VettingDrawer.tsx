import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { concludeVetting, type VettingFacts } from '@tongxin/contract/development.record'
import { VETTING_METHODS, VETTING_RESULTS } from '@tongxin/contract/development.words'
import { Button, DateInput, Drawer, dateOf, say, TextArea, TextInput } from '@tongxin/ui'
import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { WordSelect } from './CaseSelects.tsx'
import { ALL_DEVELOPMENT } from './development.api.ts'
import { LateReason } from './LateReason.tsx'
import { Ticks } from './StepFields.tsx'
import { RefusalWithArticle } from './Verdicts.tsx'

type Persons = VettingFacts['persons']
type Form = Omit<VettingFacts, 'result' | 'letters' | 'replies' | 'floatingOpinions'> & {
  result: VettingFacts['result'] | ''
  letters: string
  replies: string
}
const EMPTY: Form = {
  concludedOn: '',
  methods: ['talk'],
  persons: [],
  letters: '0',
  replies: '0',
  conclusion: '',
  result: '',
}
const isCount = (text: string) => /^\d{1,3}$/.test(text)

/** Enters the concluded review. No draft is kept: what is confidential does not stay on a shared desk. */
export function VettingDrawer({ one, onClose }: { one: DevelopmentCase; onClose: () => void }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<Form>(EMPTY)
  const [lateReason, setLateReason] = useState('')
  const save = useWrite(concludeVetting, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.vettingSaved'))
      onClose()
    },
  })
  const submit = () => {
    if (form.result === '') return
    const facts = { ...form, result: form.result, letters: Number(form.letters), replies: Number(form.replies) }
    const late = lateReason.trim() ? { lateReason: lateReason.trim() } : {}
    save.mutate({ params: { id: one.card.id }, body: { facts, ...late } })
  }
  const whyNot = isWanting(form) ? t('development.vettingFirst') : undefined
  return (
    <Drawer
      isOpen
      onClose={onClose}
      title={t('development.enterVetting')}
      acts={
        <Button kind="primary" isBusy={save.isPending} whyNot={whyNot} onClick={submit}>
          {t('development.save')}
        </Button>
      }
    >
      <div className="dialog-form">
        <p className="hint">
          {one.card.name} · {t('development.noDraft')}
        </p>
        <RefusalWithArticle error={save.error} labels={{ '/body/heldOn': t('development.concludedOn') }} />
        <VettingFields form={form} error={save.error} onChange={(change) => setForm({ ...form, ...change })} />
        <LateReason error={save.error} value={lateReason} onChange={setLateReason} />
      </div>
    </Drawer>
  )
}

const isWanting = (form: Form): boolean =>
  form.concludedOn === '' ||
  form.methods.length === 0 ||
  form.conclusion.trim() === '' ||
  form.result === '' ||
  !isCount(form.letters) ||
  !isCount(form.replies) ||
  form.persons.some(({ relation, name }) => relation.trim() === '' || name.trim() === '')

function VettingFields(props: { form: Form; error: unknown; onChange: (change: Partial<Form>) => void }) {
  const { t } = useTranslation()
  const { form, onChange } = props
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      <DateInput
        label={t('development.concludedOn')}
        required
        max={dateOf(Date.now())}
        value={form.concludedOn}
        onChange={(concludedOn) => onChange({ concludedOn })}
        error={errorAt('/body/facts/concludedOn') ?? errorAt('/body/heldOn')}
      />
      <Ticks
        label={t('development.methods')}
        options={VETTING_METHODS.map((value) => ({ value, label: t(`words.development.method.${value}`) }))}
        value={form.methods}
        onChange={(next) => onChange({ methods: VETTING_METHODS.filter((method) => next.includes(method)) })}
      />
      <PersonRows persons={form.persons} onChange={(persons) => onChange({ persons })} />
      <div className="development-row">
        {(['letters', 'replies'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`development.${name}Sent`)}
            required
            inputMode="numeric"
            maxLength={3}
            value={form[name]}
            onChange={(value) => onChange({ [name]: value })}
          />
        ))}
      </div>
      <TextArea
        label={t('development.conclusion')}
        required
        rows={4}
        maxLength={4000}
        value={form.conclusion}
        onChange={(conclusion) => onChange({ conclusion })}
      />
      <WordSelect
        label={t('development.vettingResult')}
        group="result"
        words={VETTING_RESULTS}
        value={form.result}
        onChange={(result) => onChange({ result })}
      />
    </>
  )
}

/** Persons examined: relation, name, what was found. */
function PersonRows({ persons, onChange }: { persons: Persons; onChange: (persons: Persons) => void }) {
  const { t } = useTranslation()
  const set = (index: number, values: Partial<Persons[number]>) =>
    onChange(persons.map((person, at) => (at === index ? { ...person, ...values } : person)))
  return (
    <fieldset className="development-papers">
      <legend>{t('development.examined')}</legend>
      {persons.map((person, index) => (
        // Rows have no identity but their place while they are typed.
        <div key={index} className="development-row">
          <TextInput
            label={t('development.relation')}
            required
            maxLength={60}
            value={person.relation}
            onChange={(relation) => set(index, { relation })}
          />
          <TextInput
            label={t('development.personName')}
            required
            maxLength={60}
            value={person.name}
            onChange={(name) => set(index, { name })}
          />
          <TextInput
            label={t('development.finding')}
            maxLength={2000}
            value={person.finding}
            onChange={(finding) => set(index, { finding })}
          />
          <button
            type="button"
            className="tx-close"
            aria-label={t('development.leaveOut', { name: person.name })}
            onClick={() => onChange(persons.filter((_, at) => at !== index))}
          >
            <Trash2 aria-hidden="true" />
          </button>
        </div>
      ))}
      <Button
        icon={<Plus size="1.1em" aria-hidden="true" />}
        onClick={() => onChange([...persons, { relation: '', name: '', finding: '' }])}
      >
        {t('development.addPerson')}
      </Button>
    </fieldset>
  )
}
