import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { reportAbsence } from '@tongxin/contract/membership'
import { ABROAD_PURPOSES, ABSENCE_KINDS, type AbsenceFacts, type AbsenceKind } from '@tongxin/contract/membership.words'
import { DateInput, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_MEMBERSHIP } from './membership.api.ts'

export type FactTexts = Partial<Record<keyof AbsenceFacts, string>>
const TEXTS = ['place', 'unit', 'keeper', 'certificateNo', 'reason'] as const

/** Only what was filled in is sent. */
export const factsOf = (facts: FactTexts): AbsenceFacts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value.trim() !== '')) as AbsenceFacts

type Draft = { who: string; kind: AbsenceKind | ''; startedOn: string; toOrgId: string; facts: FactTexts }

/** Writes down that somebody is floating, lost or abroad. */
export function ReportDialog({ memberId, onClose }: { memberId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [draft, setDraft] = useState<Draft>({ who: memberId, kind: '', startedOn: '', toOrgId: '', facts: {} })
  const save = useWrite(reportAbsence, {
    refreshes: ALL_MEMBERSHIP,
    onDone: ({ id }) => {
      say(t('membership.reported'))
      void navigate({ to: paths.membership.absence(id) })
    },
  })
  const { who, kind, startedOn, toOrgId, facts } = draft
  const isIncomplete = who === '' || kind === '' || startedOn === ''
  const submit = () => {
    if (kind === '') return
    const host = kind === 'floating' && toOrgId ? { toOrgId } : {}
    save.mutate({ body: { memberId: who, kind, startedOn, facts: factsOf(facts), ...host } })
  }
  return (
    <FormDialog
      title={t('membership.report')}
      verb={t('membership.save')}
      lead={t('membership.reportLead')}
      labels={{
        '/body/memberId': t('membership.person'),
        '/body/startedOn': t('membership.startedOn'),
        '/body/toOrgId': t('membership.host'),
      }}
      whyNot={isIncomplete ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={submit}
    >
      <ReportFields draft={draft} change={(part) => setDraft({ ...draft, ...part })} error={save.error} />
    </FormDialog>
  )
}

function ReportFields(props: { draft: Draft; change: (part: Partial<Draft>) => void; error: unknown }) {
  const { t } = useTranslation()
  const { draft, change } = props
  const errorAt = useFieldErrors(props.error)
  return (
    <>
      <MemberPicker
        label={t('membership.person')}
        required
        value={draft.who}
        onChange={(who) => change({ who })}
        error={errorAt('/body/memberId')}
      />
      <Select
        label={t('membership.kind')}
        required
        value={draft.kind}
        onChange={(kind) => change({ kind })}
        options={ABSENCE_KINDS.map((value) => ({ value, label: t(`words.membership.absenceKind.${value}`) }))}
      />
      <DateInput
        label={t('membership.startedOn')}
        required
        value={draft.startedOn}
        onChange={(startedOn) => change({ startedOn })}
        error={errorAt('/body/startedOn')}
      />
      {draft.kind === 'floating' ? (
        <OrgPicker
          label={t('membership.host')}
          value={draft.toOrgId}
          onChange={(toOrgId) => change({ toOrgId })}
          error={errorAt('/body/toOrgId') ?? ''}
        />
      ) : null}
      <FactFields kind={draft.kind} facts={draft.facts} onChange={(facts) => change({ facts })} />
    </>
  )
}

export function FactFields(props: { kind: AbsenceKind | ''; facts: FactTexts; onChange: (facts: FactTexts) => void }) {
  const { t } = useTranslation()
  const { kind, facts } = props
  const change = (name: keyof AbsenceFacts) => (value: string) => props.onChange({ ...facts, [name]: value })
  return (
    <>
      {kind === 'abroad' ? (
        <Select
          label={t('words.membership.facts.purpose')}
          value={(facts.purpose ?? '') as (typeof ABROAD_PURPOSES)[number] | ''}
          onChange={change('purpose')}
          options={ABROAD_PURPOSES.map((value) => ({ value, label: t(`words.membership.purpose.${value}`) }))}
        />
      ) : null}
      {TEXTS.filter((name) => name !== 'certificateNo' || kind === 'floating').map((name) => (
        <TextInput
          key={name}
          label={t(`words.membership.facts.${name}`)}
          maxLength={name === 'reason' ? 300 : 120}
          value={facts[name] ?? ''}
          onChange={change(name)}
        />
      ))}
      {kind === 'lost' ? null : (
        <DateInput
          label={t('words.membership.facts.expectedReturnOn')}
          value={facts.expectedReturnOn ?? ''}
          onChange={change('expectedReturnOn')}
        />
      )}
    </>
  )
}
