import { useQuery } from '@tanstack/react-query'
import { OUTSIDE_KINDS } from '@tongxin/contract/transfers.words'
import { Field, MonthInput, Select, TextInput } from '@tongxin/ui'
import { Checkbox, Select as Search } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { destinationsQuery } from './transfers.api.ts'

export type DestinationValues = {
  readonly where: 'inside' | 'outside'
  readonly toOrgId: string
  readonly toOrgName: string
  readonly toName: string
  readonly kind: string
  readonly destinationApproves: boolean
  readonly reason: string
  readonly duesPaidUntil: string
  readonly contactName: string
  readonly contactPhone: string
  readonly contactFax: string
  readonly contactPostcode: string
  readonly contactAddress: string
}
export const NO_DESTINATION: DestinationValues = {
  where: 'inside',
  toOrgId: '',
  toOrgName: '',
  toName: '',
  kind: '',
  destinationApproves: false,
  reason: '',
  duesPaidUntil: '',
  contactName: '',
  contactPhone: '',
  contactFax: '',
  contactPostcode: '',
  contactAddress: '',
}
type Change = (change: Partial<DestinationValues>) => void
type ErrorAt = (pointer: string) => string | undefined

const filled = (facts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value.trim() !== ''))

export const contactOf = (values: DestinationValues) => {
  const contact = filled({
    name: values.contactName,
    phone: values.contactPhone,
    fax: values.contactFax,
    postcode: values.contactPostcode,
    address: values.contactAddress,
  })
  return Object.keys(contact).length > 0 ? { contact } : {}
}

/** The destination as the endpoints take it: a branch of ours, or a committee outside with its kind. */
export function destinationOf(values: DestinationValues) {
  return {
    reason: values.reason.trim(),
    ...(values.duesPaidUntil ? { duesPaidUntil: values.duesPaidUntil } : {}),
    ...contactOf(values),
    ...(values.where === 'inside'
      ? filled({ toOrgId: values.toOrgId })
      : {
          ...filled({ toName: values.toName.trim(), kind: values.kind }),
          ...(values.destinationApproves ? { destinationApproves: true } : {}),
        }),
  }
}

/** Labels of the fields for the list of errors on top. */
export const destinationLabels = (t: (key: string) => string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    ['toOrgId', 'toName', 'kind', 'reason', 'duesPaidUntil'].map((name) => [
      `/body/${name}`,
      t(`transfers.field.${name}`),
    ]),
  )

/** Where to, why, until when dues are paid, whom to ask there. */
export function DestinationFields(props: { values: DestinationValues; onChange: Change; errorAt: ErrorAt }) {
  const { t } = useTranslation()
  const { values, onChange, errorAt } = props
  const group = useId()
  return (
    <>
      <fieldset>
        <legend>{t('transfers.destination')}</legend>
        <div className="transfer-where">
          {(['inside', 'outside'] as const).map((value) => (
            <label key={value} className="tick">
              <input
                type="radio"
                name={group}
                checked={values.where === value}
                onChange={() => onChange({ where: value })}
              />
              {t(`transfers.where.${value}`)}
            </label>
          ))}
        </div>
        {values.where === 'inside' ? (
          <BranchPicker
            values={values}
            onChange={onChange}
            error={errorAt('/body/toOrgId') ?? errorAt('/body/toName')}
          />
        ) : (
          <Outside {...props} />
        )}
      </fieldset>
      <TextInput
        label={t('transfers.field.reason')}
        help={t('transfers.reasonHelp')}
        required
        maxLength={500}
        value={values.reason}
        onChange={(reason) => onChange({ reason })}
        error={errorAt('/body/reason')}
      />
      <MonthInput
        label={t('transfers.field.duesPaidUntil')}
        help={t('transfers.duesHelp')}
        value={values.duesPaidUntil}
        onChange={(duesPaidUntil) => onChange({ duesPaidUntil })}
        error={errorAt('/body/duesPaidUntil')}
      />
    </>
  )
}

function Outside({ values, onChange, errorAt }: { values: DestinationValues; onChange: Change; errorAt: ErrorAt }) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        label={t('transfers.field.kind')}
        required
        value={values.kind}
        onChange={(kind) => onChange({ kind })}
        options={OUTSIDE_KINDS.map((value) => ({ value: value as string, label: t(`transfers.kind.${value}`) }))}
        error={errorAt('/body/kind')}
      />
      <TextInput
        label={t('transfers.field.toName')}
        help={t('transfers.toNameHelp')}
        required
        maxLength={120}
        value={values.toName}
        onChange={(toName) => onChange({ toName })}
        error={errorAt('/body/toName')}
      />
      <Checkbox
        checked={values.destinationApproves}
        onChange={(event) => onChange({ destinationApproves: event.target.checked })}
      >
        {t('transfers.destinationApproves')}
      </Checkbox>
      <ContactFields values={values} onChange={onChange} />
    </>
  )
}

export function ContactFields({ values, onChange }: { values: DestinationValues; onChange: Change }) {
  const { t } = useTranslation()
  const field = (name: 'contactName' | 'contactPhone' | 'contactFax' | 'contactPostcode' | 'contactAddress') => (
    <TextInput
      label={t(`transfers.field.${name}`)}
      maxLength={name === 'contactAddress' ? 200 : 40}
      value={values[name]}
      onChange={(value) => onChange({ [name]: value })}
    />
  )
  return (
    <div className="transfer-contact">
      {field('contactName')}
      {field('contactPhone')}
      {field('contactFax')}
      {field('contactPostcode')}
      {field('contactAddress')}
    </div>
  )
}

/** A branch anywhere in the organisation, found by a part of its name. */
function BranchPicker(props: { values: DestinationValues; onChange: Change; error: string | undefined }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const { data, isFetching } = useQuery(destinationsQuery(text))
  const { toOrgId, toOrgName } = props.values
  const known = toOrgId ? [{ id: toOrgId, name: toOrgName, parentName: '' }] : []
  const rows = text.trim() === '' ? known : (data?.rows ?? [])
  return (
    <Field label={t('transfers.field.toOrgId')} required error={props.error} help={t('transfers.branchHelp')}>
      {(wiring) => (
        <Search
          id={wiring.id}
          className="org-picker"
          showSearch={{ filterOption: false, onSearch: setText }}
          loading={isFetching}
          value={toOrgId || null}
          placeholder={t('transfers.branchFind')}
          notFoundContent={t(text.trim() === '' ? 'transfers.branchType' : 'transfers.branchNone')}
          onChange={(id: string) =>
            props.onChange({ toOrgId: id, toOrgName: rows.find((row) => row.id === id)?.name ?? '' })
          }
          options={rows.map((row) => ({
            value: row.id,
            label: row.parentName ? `${row.name} · ${row.parentName}` : row.name,
          }))}
        />
      )}
    </Field>
  )
}
