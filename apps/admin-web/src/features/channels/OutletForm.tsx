import { useWrite } from '@tongxin/client/use-write'
import { changeOutlet, makeOutlet, OUT_LEVELS, type OutLevel, type Outlet } from '@tongxin/contract/channels'
import {
  OUTLET_FIELDS,
  OUTLET_KINDS,
  type OutletField,
  type OutletKind,
  REACH_OF,
} from '@tongxin/contract/channels.kinds'
import { dateOf, Select, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { CHANNELS } from './channels.api.ts'

type Values = Readonly<Record<string, string>>

/** What the form holds, and how it is saved: as a new way out, or as a change of the one that is there. */
function useOutletForm(outlet: Outlet | null, onClose: () => void) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<OutletKind | ''>(outlet?.kind ?? '')
  const [name, setName] = useState(outlet?.name ?? '')
  const [level, setLevel] = useState<OutLevel>(outlet?.leastLevel ?? 'normal')
  const [values, setValues] = useState<Values>(outlet?.settings ?? {})
  const onDone = () => {
    say(t('channels.saved'))
    onClose()
  }
  const making = useWrite(makeOutlet, { refreshes: [CHANNELS], onDone })
  const changing = useWrite(changeOutlet, { refreshes: [CHANNELS], onDone })
  const fields = kind ? OUTLET_FIELDS[kind].filter(({ isMade }) => !isMade) : []
  const said = fields.flatMap(({ name: key }) => (values[key]?.trim() ? [[key, values[key]] as const] : []))
  const isMissing = ({ name: key, isOptional, initial }: OutletField) =>
    !isOptional && !initial && !values[key]?.trim() && !outlet?.secrets[key]
  return {
    ...{ kind, name, level, values, fields, setName, setLevel },
    choose: (value: OutletKind | '') => {
      setKind(value)
      setValues({})
      if (value && !name) setName(t(`channels.kinds.${value}`))
    },
    setValue: (key: string, value: string) => setValues({ ...values, [key]: value }),
    isReady: kind !== '' && name.trim().length >= 2 && !fields.some(isMissing),
    isBusy: making.isPending || changing.isPending,
    error: making.error ?? changing.error,
    submit: () => {
      const body = { name: name.trim(), leastLevel: level, settings: Object.fromEntries(said) }
      if (outlet) changing.mutate({ params: { id: outlet.id }, body, ifMatch: outlet.version })
      else if (kind) making.mutate({ body: { ...body, kind } })
    },
  }
}

/** Sets up a way out, or changes one: the fields are those of its kind, secrets are written and never shown. */
export function OutletForm({ outlet, onClose }: { outlet: Outlet | null; onClose: () => void }) {
  const { t } = useTranslation()
  const form = useOutletForm(outlet, onClose)
  const { kind } = form
  return (
    <FormDialog
      title={outlet ? t('channels.change') : t('channels.make')}
      verb={t('channels.save')}
      lead={kind ? t(`channels.leads.${kind}`) : t('channels.makeLead')}
      labels={labelsOf(form.fields, t)}
      whyNot={form.isReady ? undefined : t('channels.fillFirst')}
      isBusy={form.isBusy}
      error={form.error}
      onSubmit={form.submit}
      onClose={onClose}
    >
      {outlet ? null : (
        <Select
          label={t('channels.kind')}
          value={kind}
          required
          options={OUTLET_KINDS.map((value) => ({ value, label: t(`channels.kinds.${value}`) }))}
          onChange={form.choose}
        />
      )}
      <TextInput label={t('channels.name')} required maxLength={40} value={form.name} onChange={form.setName} />
      {kind && REACH_OF[kind] !== 'group' ? (
        <Select
          label={t('channels.leastLevel')}
          help={t('channels.leastLevelHelp')}
          value={form.level}
          required
          options={OUT_LEVELS.map((value) => ({ value, label: t(`channels.levels.${value}`) }))}
          onChange={(value) => form.setLevel(value || 'normal')}
        />
      ) : null}
      {form.fields.map((field) => (
        <SettingInput
          key={`${kind}.${field.name}`}
          field={field}
          setAt={outlet?.secrets[field.name]}
          value={form.values[field.name] ?? ''}
          onChange={(value) => form.setValue(field.name, value)}
        />
      ))}
    </FormDialog>
  )
}

const labelsOf = (fields: readonly OutletField[], t: (key: string) => string): Record<string, string> => ({
  '/body/name': t('channels.name'),
  ...Object.fromEntries(fields.map(({ name }) => [`/body/settings/${name}`, t(`channels.fields.${name}`)])),
})

function SettingInput(props: {
  field: OutletField
  setAt: string | undefined
  value: string
  onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const { field, setAt, value, onChange } = props
  const label = t(`channels.fields.${field.name}`)
  const isRequired = !field.isOptional && !field.initial && !setAt
  if (field.kind === 'choice')
    return (
      <Select
        label={label}
        value={value}
        whenEmpty={t(`channels.options.${field.initial}`)}
        options={(field.options ?? [])
          .filter((option) => option !== field.initial)
          .map((option) => ({ value: option, label: t(`channels.options.${option}`) }))}
        onChange={onChange}
      />
    )
  const example = field.example ?? field.initial
  return (
    <TextInput
      label={label}
      required={isRequired}
      type={field.isSecret ? 'password' : 'text'}
      autoComplete={field.isSecret ? 'new-password' : 'off'}
      spellCheck={false}
      value={value}
      onChange={onChange}
      placeholder={example ?? ''}
      help={setAt ? t('channels.secretSet', { date: dateOf(setAt) }) : undefined}
    />
  )
}
