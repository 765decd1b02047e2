import { ORG_KINDS, type OrgKind } from '@tongxin/contract/org'
import type { TaskTargets } from '@tongxin/contract/tasks.words'
import { Button, Select } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MembersPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker, useOrgName } from '../../shared/OrgPicker.tsx'

export const NO_TARGETS: TaskTargets = { orgIds: [], helperOrgIds: [], memberIds: [], helperMemberIds: [] }
export const areTargets = ({ orgIds, memberIds, below }: TaskTargets): boolean =>
  orgIds.length > 0 || memberIds.length > 0 || below !== undefined

/** Units, one after another: the tree picks one at a time. */
function UnitsField(props: {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  error?: string
}) {
  const { t } = useTranslation()
  return (
    <>
      <OrgPicker
        label={props.label}
        value=""
        onChange={(id) => id !== '' && props.onChange([...new Set([...props.value, id])])}
        {...(props.error ? { error: props.error } : {})}
      />
      {props.value.map((id) => (
        <span key={id} className="tasks-chosen">
          <UnitName id={id} />
          <Button kind="quiet" onClick={() => props.onChange(props.value.filter((one) => one !== id))}>
            {t('tasks.takeOff')}
          </Button>
        </span>
      ))}
    </>
  )
}
const UnitName = ({ id }: { id: string }) => <span>{useOrgName(id)}</span>

const MODES = ['units', 'children', 'all'] as const
type Mode = (typeof MODES)[number]

/** Who is asked: units by name, a level below, all below of some kinds; and people. */
export function Targets(props: {
  value: TaskTargets
  onChange: (targets: TaskTargets) => void
  errorAt: (field: string) => string | undefined
}) {
  const { t } = useTranslation()
  const { value, onChange, errorAt } = props
  const [mode, setMode] = useState<Mode>('units')
  const choose = (next: Mode | '') => {
    if (next === '') return
    setMode(next)
    const { below: _, kinds: __, ...named } = value
    onChange(next === 'units' ? named : { ...named, orgIds: [], below: next, kinds: [] })
  }
  const at = '/body/targets'
  const [units, helpers, people] = ['orgIds', 'helperOrgIds', 'memberIds'].map((key) => errorAt(`${at}/${key}`))
  return (
    <>
      <Select
        label={t('tasks.whom')}
        required
        value={mode}
        onChange={choose}
        options={MODES.map((one) => ({ value: one, label: t(`tasks.mode.${one}`) }))}
        error={errorAt(at)}
      />
      {mode === 'units' ? (
        <UnitsField
          label={t('tasks.leadUnits')}
          value={value.orgIds}
          onChange={(orgIds) => onChange({ ...value, orgIds })}
          {...(units ? { error: units } : {})}
        />
      ) : (
        <Kinds value={value.kinds ?? []} onChange={(kinds) => onChange({ ...value, kinds })} />
      )}
      <UnitsField
        label={t('tasks.helpUnits')}
        value={value.helperOrgIds}
        onChange={(helperOrgIds) => onChange({ ...value, helperOrgIds })}
        {...(helpers ? { error: helpers } : {})}
      />
      <MembersPicker
        label={t('tasks.people')}
        value={value.memberIds}
        names={{}}
        error={people}
        onChange={(memberIds) => onChange({ ...value, memberIds })}
      />
    </>
  )
}

function Kinds({ value, onChange }: { value: readonly OrgKind[]; onChange: (kinds: OrgKind[]) => void }) {
  const { t } = useTranslation()
  return (
    <fieldset className="tasks-checks">
      <legend>{t('tasks.kinds')}</legend>
      {ORG_KINDS.map((kind) => (
        <label key={kind}>
          <input
            type="checkbox"
            checked={value.includes(kind)}
            onChange={({ target }) => onChange(target.checked ? [...value, kind] : value.filter((one) => one !== kind))}
          />
          {t(`words.org.kind.${kind}`)}
        </label>
      ))}
    </fieldset>
  )
}
