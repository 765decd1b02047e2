import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { foundOrg, ORG_KINDS, type OrgKind } from '@tongxin/contract/org'
import { DateInput, Select, say, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { ALL_ORGS, orgQuery } from './org.api.ts'
import { errorProp } from './org.format.ts'

type Draft = {
  parentId: string
  kind: OrgKind | ''
  name: string
  shortName: string
  code: string
  effectiveOn: string
  documentNumber: string
  approvedBy: string
}

const EMPTY: Draft = {
  parentId: '',
  kind: '',
  name: '',
  shortName: '',
  code: '',
  effectiveOn: '',
  documentNumber: '',
  approvedBy: '',
}
const NEEDED = ['parentId', 'kind', 'name', 'effectiveOn'] as const

/** Founds an organisation below another, or records that one was split from an existing organisation (`?from=`). */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: source } = useQuery(orgQuery(search.from ?? ''))
  const draft = useDraft<Draft>(`org.found.${search.from ?? ''}`, { ...EMPTY, parentId: search.parentId ?? '' })
  const save = useWrite(foundOrg, {
    refreshes: ALL_ORGS,
    onDone: ({ id }) => {
      draft.discard()
      say(t('org.founded'))
      void navigate({ to: paths.org.one(id) })
    },
  })
  const missing = NEEDED.find((field) => draft.values[field].trim() === '')
  const submit = () => {
    const { parentId, kind, name, effectiveOn, ...rest } = draft.values
    if (kind === '') return
    const optional = Object.fromEntries(Object.entries(rest).filter(([, value]) => value.trim() !== ''))
    const split = search.from ? { splitFromId: search.from } : {}
    save.mutate({ body: { parentId, kind, name, effectiveOn, ...optional, ...split } })
  }
  return (
    <FormPage
      title={source ? t('org.splitTitle', { name: source.name }) : t('org.found')}
      lead={source ? <p className="hint">{t('org.act.split.lead')}</p> : null}
      verb={t('org.foundVerb')}
      onSubmit={submit}
      isBusy={save.isPending}
      error={save.error}
      labels={Object.fromEntries(Object.keys(EMPTY).map((field) => [`/body/${field}`, t(`org.field.${field}`)]))}
      whyNot={missing ? t('org.fillFirst', { field: t(`org.field.${missing}`) }) : undefined}
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => history.back()}
    >
      <FoundFields values={draft.values} change={draft.change} error={save.error} />
    </FormPage>
  )
}

function FoundFields(props: { values: Draft; change: (values: Partial<Draft>) => void; error: unknown }) {
  const { t } = useTranslation()
  const { values, change } = props
  const errorAt = useFieldErrors(props.error)
  const text = (field: 'name' | 'shortName' | 'code' | 'documentNumber' | 'approvedBy') => ({
    label: t(`org.field.${field}`),
    value: values[field],
    onChange: (value: string) => change({ [field]: value }),
    error: errorAt(`/body/${field}`),
  })
  return (
    <>
      <OrgPicker
        label={t('org.field.parentId')}
        required
        value={values.parentId}
        onChange={(parentId) => change({ parentId })}
        {...errorProp(errorAt('/body/parentId'))}
      />
      <Select
        label={t('org.field.kind')}
        required
        value={values.kind}
        onChange={(kind) => change({ kind })}
        error={errorAt('/body/kind')}
        options={ORG_KINDS.map((value) => ({ value, label: t(`words.org.kind.${value}`) }))}
      />
      <TextInput required {...text('name')} />
      <TextInput {...text('shortName')} />
      <TextInput {...text('code')} />
      <DateInput
        label={t('org.fact.foundedOn')}
        required
        value={values.effectiveOn}
        onChange={(effectiveOn) => change({ effectiveOn })}
        error={errorAt('/body/effectiveOn')}
      />
      <TextInput {...text('documentNumber')} />
      <TextInput {...text('approvedBy')} />
    </>
  )
}
