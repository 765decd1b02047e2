import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { HOST_NATURES, ORG_GRADES, ORG_SETUPS } from '@tongxin/contract/org'
import { correctOrg, type OrgRecord } from '@tongxin/contract/org.record'
import { DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { bodyOf, COLUMNS, draftOf, FIELDS, type FieldKind } from './correct-draft.ts'
import { ALL_ORGS, orgQuery, tagsQuery } from './org.api.ts'
import './org.css'

/** The first field of each group. */
const HEADS: Readonly<Record<string, string>> = {
  shortName: 'register',
  hostUnit: 'host',
  contact: 'contact',
  termYears: 'work',
}

export const loader = ({ params, queryClient }: LoaderInput) => queryClient.ensureQueryData(orgQuery(params.id ?? ''))

/** Corrects or completes what is registered; the reason is kept beside old and new. */
export function Page({ params }: ScreenProps) {
  const { data: unit } = useSuspenseQuery(orgQuery(params.id ?? ''))
  return <CorrectForm key={unit.version} unit={unit} />
}

function CorrectForm({ unit }: { unit: OrgRecord }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const draft = useDraft<Record<string, string>>(`org.correct.${unit.id}.${unit.version}`, draftOf(unit))
  const save = useWrite(correctOrg, {
    refreshes: ALL_ORGS,
    onDone: () => {
      draft.discard()
      say(t('org.saved'))
      void navigate({ to: paths.org.one(unit.id) })
    },
  })
  const errorAt = useFieldErrors(save.error)
  const pointer = (field: string) => (COLUMNS.has(field) ? `/body/${field}` : `/body/facts/${field}`)
  const labels = Object.fromEntries(Object.keys(FIELDS).map((field) => [pointer(field), t(`org.fact.${field}`)]))
  const reason = draft.values.reason ?? ''
  return (
    <FormPage
      title={t('org.correctTitle', { name: unit.name })}
      lead={<p className="hint">{t('org.correctLead')}</p>}
      verb={t('org.save')}
      onSubmit={() =>
        save.mutate({ params: { id: unit.id }, ifMatch: unit.version, body: bodyOf(unit, draft.values, reason) })
      }
      isBusy={save.isPending}
      error={save.error}
      labels={{ ...labels, '/body/reason': t('org.field.reason') }}
      whyNot={reason.trim().length < 2 ? t('org.fillFirst', { field: t('org.field.reason') }) : undefined}
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => void navigate({ to: paths.org.one(unit.id) })}
    >
      {Object.entries(FIELDS).map(([field, kind]) => (
        <Fragment key={field}>
          {HEADS[field] ? <h2 className="org-head">{t(`org.group.${HEADS[field]}`)}</h2> : null}
          <OneField
            field={field}
            kind={kind}
            value={draft.values[field] ?? ''}
            onChange={(value) => draft.change({ [field]: value })}
            error={errorAt(pointer(field))}
          />
        </Fragment>
      ))}
      <TextArea
        label={t('org.field.reason')}
        required
        rows={2}
        value={reason}
        onChange={(value) => draft.change({ reason: value })}
        error={errorAt('/body/reason')}
      />
    </FormPage>
  )
}

function OneField(props: {
  field: string
  kind: FieldKind
  value: string
  onChange: (value: string) => void
  error: string | undefined
}) {
  const { t } = useTranslation()
  const { field, kind, ...rest } = props
  const wiring = { label: t(`org.fact.${field}`), ...rest }
  if (kind === 'date') return <DateInput {...wiring} />
  if (kind === 'number') return <TextInput inputMode="decimal" {...wiring} />
  if (kind === 'words') return <Tags {...wiring} />
  if (kind === 'text') return <TextInput {...wiring} />
  const options: Record<Exclude<FieldKind, 'date' | 'number' | 'text' | 'words'>, readonly string[]> = {
    nature: HOST_NATURES,
    grade: ORG_GRADES,
    setUp: ORG_SETUPS,
    yes: ['true', 'false'],
  }
  const word = (value: string) =>
    kind === 'yes' ? t(value === 'true' ? 'org.yes' : 'org.no') : t(`words.org.${kind}.${value}`)
  return <Select {...wiring} options={options[kind].map((value) => ({ value, label: word(value) }))} />
}

/** Tags are free words; those of the dictionary are offered. */
function Tags(props: { label: string; value: string; onChange: (value: string) => void; error: string | undefined }) {
  const { t } = useTranslation()
  const { data: tags = [] } = useQuery(tagsQuery)
  const help = tags.length === 0 ? t('org.tagsHelp') : t('org.tagsOffered', { tags: tags.join(' ') })
  return <TextInput help={help} {...props} />
}
