import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { draftIncoming } from '@tongxin/contract/transfers'
import { OUTSIDE_KINDS } from '@tongxin/contract/transfers.words'
import { DateInput, MonthInput, Select, say, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { ALL_TRANSFERS } from './transfers.api.ts'
import './transfers.css'

const EMPTY = {
  orgId: '',
  kind: '',
  fromName: '',
  reason: '',
  duesPaidUntil: '',
  number: '',
  issuedOn: '',
  validDays: '90',
  arrivedOn: '',
  name: '',
  idNumber: '',
  category: 'formal',
  joinedOn: '',
  convertedOn: '',
  phone: '',
  workplace: '',
}
type Values = typeof EMPTY
type FieldName = keyof Values

const POINTERS: Readonly<Record<FieldName, string>> = {
  orgId: '/body/orgId',
  kind: '/body/kind',
  fromName: '/body/fromName',
  reason: '/body/reason',
  duesPaidUntil: '/body/duesPaidUntil',
  number: '/body/letter/number',
  issuedOn: '/body/letter/issuedOn',
  validDays: '/body/letter/validDays',
  arrivedOn: '/body/letter/arrivedOn',
  name: '/body/facts/name',
  idNumber: '/body/facts/idNumber',
  category: '/body/facts/category',
  joinedOn: '/body/facts/joinedOn',
  convertedOn: '/body/facts/convertedOn',
  phone: '/body/facts/phone',
  workplace: '/body/facts/workplace',
}
const NEEDED: readonly FieldName[] = [
  'orgId',
  'kind',
  'fromName',
  'number',
  'issuedOn',
  'validDays',
  'arrivedOn',
  'name',
  'idNumber',
  'joinedOn',
  'reason',
]

function bodyOf(values: Values): object {
  const some = (names: readonly FieldName[]) =>
    Object.fromEntries(names.flatMap((name) => (values[name].trim() ? [[name, values[name].trim()]] : [])))
  return {
    ...some(['orgId', 'kind', 'fromName', 'reason', 'duesPaidUntil']),
    letter: { ...some(['number', 'issuedOn', 'arrivedOn']), validDays: Number(values.validDays) },
    facts: some(['name', 'idNumber', 'category', 'joinedOn', 'convertedOn', 'phone', 'workplace']),
  }
}

/** Records somebody who comes from outside with a letter; the record is made after the committee has approved. */
export function Page() {
  const { t } = useTranslation()
  const go = useNavigate()
  const can = useCan()
  const draft = useDraft<Values>('transfers.incoming', EMPTY)
  const save = useWrite(draftIncoming, {
    refreshes: ALL_TRANSFERS,
    onDone: ({ id }) => {
      draft.discard()
      say(t('transfers.saved'))
      void go({ to: paths.transfers.one(id) })
    },
  })
  const missing = NEEDED.find((name) => draft.values[name].trim() === '')
  return (
    <FormPage
      title={t('transfers.addIncoming')}
      lead={<p className="hint">{t('transfers.incomingLead')}</p>}
      verb={t('transfers.save')}
      onSubmit={() => save.mutate({ body: bodyOf(draft.values) as never })}
      isBusy={save.isPending}
      error={save.error}
      labels={Object.fromEntries(
        (Object.keys(POINTERS) as FieldName[]).map((name) => [POINTERS[name], t(`transfers.incomingField.${name}`)]),
      )}
      whyNot={
        missing
          ? t('transfers.fillFirst', { field: t(`transfers.incomingField.${missing}`) })
          : can('transfers.write').whyNot
      }
      savedAt={draft.savedAt}
      onDiscard={draft.discard}
      onBack={() => void go({ to: paths.transfers.list() })}
    >
      <Fields values={draft.values} onChange={draft.change} error={save.error} />
    </FormPage>
  )
}

function Fields(props: { values: Values; onChange: (change: Partial<Values>) => void; error: unknown }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(props.error)
  const wiring = (name: FieldName) => ({
    label: t(`transfers.incomingField.${name}`),
    value: props.values[name],
    onChange: (value: string) => props.onChange({ [name]: value }),
    required: NEEDED.includes(name),
    error: errorAt(POINTERS[name]),
  })
  const orgError = errorAt('/body/orgId')
  return (
    <>
      <fieldset>
        <legend>{t('transfers.person')}</legend>
        <TextInput {...wiring('name')} maxLength={60} />
        <TextInput {...wiring('idNumber')} maxLength={18} autoComplete="off" />
        <Select
          {...wiring('category')}
          options={['formal', 'probationary'].map((value) => ({ value, label: t(`words.members.category.${value}`) }))}
        />
        <DateInput {...wiring('joinedOn')} />
        <DateInput {...wiring('convertedOn')} />
        <TextInput {...wiring('phone')} inputMode="tel" maxLength={20} />
        <TextInput {...wiring('workplace')} maxLength={200} />
      </fieldset>
      <fieldset>
        <legend>{t('transfers.letterBrought')}</legend>
        <Select
          {...wiring('kind')}
          options={OUTSIDE_KINDS.map((value) => ({ value: value as string, label: t(`transfers.kind.${value}`) }))}
        />
        <TextInput {...wiring('fromName')} maxLength={120} />
        <TextInput {...wiring('number')} maxLength={60} />
        <DateInput {...wiring('issuedOn')} />
        <TextInput {...wiring('validDays')} inputMode="numeric" maxLength={3} />
        <DateInput {...wiring('arrivedOn')} />
        <MonthInput {...wiring('duesPaidUntil')} />
      </fieldset>
      <OrgPicker
        label={t('transfers.incomingField.orgId')}
        required
        value={props.values.orgId}
        onChange={(orgId) => props.onChange({ orgId })}
        {...(orgError ? { error: orgError } : {})}
      />
      <TextInput {...wiring('reason')} maxLength={500} />
    </>
  )
}
