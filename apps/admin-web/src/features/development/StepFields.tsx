import type { StepDefinitionRow } from '@tongxin/contract/development'
import { DateInput, Select, TextArea, TextInput } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { YesNo } from './CaseSelects.tsx'
import { PeoplePicker } from './PeoplePicker.tsx'

type Field = StepDefinitionRow['fields'][number]
export type Values = Readonly<Record<string, string | readonly string[]>>

/** The fields of one step as its definition names them: the form is data, not code. */
export function StepFields(props: {
  fields: readonly Field[]
  values: Values
  onChange: (change: Values) => void
  errorAt: (pointer: string) => string | undefined
  /** Where contacts and introducers are looked for, and who can be neither. */
  orgId: string
  notMemberId: string
  /** Counts that come from a recorded ballot and are not typed. */
  fixed?: ReadonlySet<string>
}) {
  return props.fields
    .filter(({ name }) => !props.fixed?.has(name))
    .map((field) => <OneField key={field.name} {...props} field={field} />)
}

function OneField(props: Parameters<typeof StepFields>[0] & { field: Field }) {
  const { t } = useTranslation()
  const { field, values, errorAt } = props
  const { name, kind, required, words } = field
  const value = values[name]
  const text = typeof value === 'string' ? value : ''
  const wiring = {
    label: t(`words.development.field.${name}`),
    required,
    value: text,
    onChange: (next: string) => props.onChange({ [name]: next }),
    error: errorAt(`/body/facts/${name}`),
  }
  const options = (words ?? []).map((word) => ({ value: word, label: t(`words.development.word.${word}`) }))
  switch (kind) {
    case 'date':
      return <DateInput {...wiring} />
    case 'long':
      return <TextArea {...wiring} rows={3} maxLength={field.most ?? 4000} />
    case 'count':
      return <TextInput {...wiring} inputMode="numeric" maxLength={7} />
    case 'yes':
      return <YesNo {...wiring} value={text === 'yes' || text === 'no' ? text : ''} />
    case 'word':
      return <Select {...wiring} options={options} />
    case 'words':
      return (
        <Ticks
          label={wiring.label}
          options={options}
          value={Array.isArray(value) ? value : []}
          onChange={(next) => props.onChange({ [name]: next })}
        />
      )
    case 'members':
      return (
        <PeoplePicker
          label={wiring.label}
          most={field.most ?? 2}
          orgId={props.orgId}
          notMemberId={props.notMemberId}
          value={Array.isArray(value) ? value : []}
          error={wiring.error}
          onChange={(next) => props.onChange({ [name]: next })}
        />
      )
    default:
      return <TextInput {...wiring} maxLength={field.most ?? 200} />
  }
}

/** Several of a short list. */
export function Ticks(props: {
  label: string
  options: readonly { readonly value: string; readonly label: string }[]
  value: readonly string[]
  onChange: (value: readonly string[]) => void
}) {
  const { value, onChange } = props
  return (
    <fieldset className="development-ticks">
      <legend>{props.label}</legend>
      {props.options.map((option) => (
        <label key={option.value}>
          <input
            type="checkbox"
            checked={value.includes(option.value)}
            onChange={(event) =>
              onChange(event.target.checked ? [...value, option.value] : value.filter((one) => one !== option.value))
            }
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  )
}
