import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { setCasePeople } from '@tongxin/contract/development.acts'
import { PERSON_PARTS } from '@tongxin/contract/development.words'
import { Button, DateInput, dateOf, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_DEVELOPMENT } from './development.api.ts'
import { liveStep } from './development.format.ts'
import { PeoplePicker } from './PeoplePicker.tsx'
import { Reason } from './Reason.tsx'
import { Reviews } from './Reviews.tsx'
import { RefusalWithArticle } from './Verdicts.tsx'
import { acknowledgedOf, type Reasons, WarningReasons, warningsIn } from './Warnings.tsx'

type Part = (typeof PERSON_PARTS)[number]
const NAMED_BY: Readonly<Record<Part, number>> = { contact: 5, introducer: 9 }

/** Contacts and introducers, who they were before, and the reviews they and the branch have entered. */
export function PeopleTab({ one }: { one: DevelopmentCase }) {
  return (
    <>
      {PERSON_PARTS.map((part) => (
        <PartOf key={part} one={one} part={part} />
      ))}
      <Reviews one={one} />
    </>
  )
}

function PartOf({ one, part }: { one: DevelopmentCase; part: Part }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('development.write')
  const [isReplacing, setReplacing] = useState(false)
  const people = one.people.filter((person) => person.part === part)
  const now = people.filter(({ untilOn }) => untilOn === null)
  const before = people.filter(({ untilOn }) => untilOn !== null)
  const isNamed = liveStep(one, NAMED_BY[part]) !== null
  return (
    <section className="development-part" aria-label={t(`words.development.part.${part}`)}>
      <h3>{t(`words.development.part.${part}`)}</h3>
      {now.length === 0 ? <p className="hint">{t('development.nobodyNamed', { step: NAMED_BY[part] })}</p> : null}
      <ul>
        {now.map((person) => (
          <li key={person.id}>
            <strong>{person.name}</strong> <span className="hint">{t('development.since', { on: person.fromOn })}</span>
          </li>
        ))}
        {before.map((person) => (
          <li key={person.id} className="hint">
            {t('development.wasUntil', { name: person.name, from: person.fromOn, until: person.untilOn ?? '' })}
            {person.endReason && person.endReason !== 'step' ? `${t('ui.colon')}${person.endReason}` : ''}
          </li>
        ))}
      </ul>
      {isNamed ? (
        <Button whyNot={whyNot} onClick={() => setReplacing(true)}>
          {t('development.replace')}
        </Button>
      ) : null}
      {isReplacing ? <ReplaceDialog one={one} part={part} onClose={() => setReplacing(false)} /> : null}
    </section>
  )
}

type ReplaceProps = { one: DevelopmentCase; part: Part; onClose: () => void }

function useReplacement({ one, part, onClose }: ReplaceProps) {
  const { t } = useTranslation()
  const [form, setForm] = useState({ memberIds: [] as readonly string[], fromOn: dateOf(Date.now()), reason: '' })
  const [reasons, setReasons] = useState<Reasons>({})
  const save = useWrite(setCasePeople, {
    refreshes: ALL_DEVELOPMENT,
    onDone: () => {
      say(t('development.replaced'))
      onClose()
    },
  })
  const warnings = warningsIn(save.error)
  const submit = () => {
    const acknowledged = acknowledgedOf(warnings, reasons)
    save.mutate({
      params: { id: one.card.id },
      ifMatch: one.version,
      body: {
        part,
        memberIds: [...form.memberIds],
        fromOn: form.fromOn,
        reason: form.reason.trim(),
        ...(acknowledged.length > 0 ? { acknowledged } : {}),
      },
    })
  }
  return {
    form,
    change: (values: Partial<typeof form>) => setForm({ ...form, ...values }),
    reasons,
    setReasons,
    save,
    warnings,
    submit,
  }
}

function ReplaceDialog(props: ReplaceProps) {
  const { t } = useTranslation()
  const { form, change, reasons, setReasons, save, warnings, submit } = useReplacement(props)
  const errorAt = useFieldErrors(save.error)
  const label = t(`words.development.part.${props.part}`)
  const isWanting = form.memberIds.length === 0 || form.fromOn === '' || form.reason.trim().length < 2
  return (
    <FormDialog
      title={t('development.replaceTitle', { part: label })}
      verb={t('development.replace')}
      lead={t('development.replaceLead')}
      whyNot={isWanting ? t('development.replaceFirst') : undefined}
      isBusy={save.isPending}
      error={null}
      onClose={props.onClose}
      onSubmit={submit}
    >
      <RefusalWithArticle
        error={save.error}
        labels={{ '/body/memberIds': label, '/body/fromOn': t('development.fromOn') }}
      />
      <PeoplePicker
        label={label}
        most={2}
        orgId={props.one.card.orgId}
        notMemberId={props.one.card.memberId}
        value={form.memberIds}
        onChange={(memberIds) => change({ memberIds })}
        error={errorAt('/body/memberIds')}
      />
      <DateInput
        label={t('development.fromOn')}
        required
        value={form.fromOn}
        onChange={(fromOn) => change({ fromOn })}
        error={errorAt('/body/fromOn')}
      />
      <Reason value={form.reason} onChange={(reason) => change({ reason })} />
      <WarningReasons warnings={warnings} reasons={reasons} onChange={setReasons} />
    </FormDialog>
  )
}
