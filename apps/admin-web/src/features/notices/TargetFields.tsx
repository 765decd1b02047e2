import { useQuery } from '@tanstack/react-query'
import type { NoticeTargets } from '@tongxin/contract/notices.circulars'
import { Button, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PeopleFields } from '../../shared/AudienceFields.tsx'
import { MembersPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker, useOrgName } from '../../shared/OrgPicker.tsx'
import { peopleQuery } from './notices.api.ts'

type Props = {
  orgId: string
  value: NoticeTargets
  /** Names of people who were chosen before. */
  names: Readonly<Record<string, string>>
  onChange: (targets: NoticeTargets) => void
  errorAt: (field: string) => string | undefined
}

/** Whom a notice is for: units with everything below, kinds and posts, people by name, minus some; and how many that are. */
export function TargetFields(props: Props) {
  const { t } = useTranslation()
  const { value, onChange, errorAt, names } = props
  const hasExceptions = value.exceptOrgIds.length + value.exceptMemberIds.length > 0
  const [isOpen, setOpen] = useState(hasExceptions)
  const at = (field: keyof NoticeTargets) => errorAt(`/body/targets/${field}`)
  return (
    <fieldset className="notice-targets">
      <legend>{t('notices.toWhom')}</legend>
      <UnitsField
        label={t('notices.units')}
        value={value.orgIds}
        error={at('orgIds') ?? errorAt('/body/targets')}
        onChange={(orgIds) => onChange({ ...value, orgIds })}
      />
      <PeopleFields people={value} onChange={(people) => onChange({ ...value, ...people })} />
      <MembersPicker
        label={t('notices.people')}
        value={value.memberIds}
        names={names}
        error={at('memberIds')}
        onChange={(memberIds) => onChange({ ...value, memberIds })}
      />
      {isOpen ? (
        <>
          <UnitsField
            label={t('notices.exceptUnits')}
            value={value.exceptOrgIds}
            error={at('exceptOrgIds')}
            onChange={(exceptOrgIds) => onChange({ ...value, exceptOrgIds })}
          />
          <MembersPicker
            label={t('notices.exceptPeople')}
            value={value.exceptMemberIds}
            names={names}
            error={at('exceptMemberIds')}
            onChange={(exceptMemberIds) => onChange({ ...value, exceptMemberIds })}
          />
        </>
      ) : (
        <Button kind="quiet" onClick={() => setOpen(true)}>
          {t('notices.addExceptions')}
        </Button>
      )}
      <Count orgId={props.orgId} targets={value} />
    </fieldset>
  )
}

function Count({ orgId, targets }: { orgId: string; targets: NoticeTargets }) {
  const { t } = useTranslation()
  const { data, error, isFetching } = useQuery(peopleQuery(orgId, targets))
  if (error) return <RefusalText error={error} />
  return (
    <p className="notice-count" role="status" aria-busy={isFetching}>
      {data ? t('notices.meant', { count: data.people }) : t('notices.meantNobody')}
    </p>
  )
}

/** Units, one after another: the tree picks one at a time. */
function UnitsField(props: {
  label: string
  value: readonly string[]
  onChange: (ids: string[]) => void
  error?: string | undefined
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
      <div className="notice-chosen">
        {props.value.map((id) => (
          <span key={id}>
            <UnitName id={id} />
            <Button kind="quiet" onClick={() => props.onChange(props.value.filter((one) => one !== id))}>
              {t('notices.takeOff')}
            </Button>
          </span>
        ))}
      </div>
    </>
  )
}
const UnitName = ({ id }: { id: string }) => <span>{useOrgName(id)}</span>
