import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { ORG_KINDS, type OrgKind, renameOrg } from '@tongxin/contract/org'
import { dissolveOrg, upgradeOrg } from '@tongxin/contract/org.changes'
import type { OrgRecord } from '@tongxin/contract/org.record'
import { Button, Select, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_ORGS } from './org.api.ts'

type Open = 'rename' | 'upgrade' | 'dissolve'

/** What may be done to an organisation by decision, one sentence each: what it is for and what it takes along. */
export function ChangesTab({ unit }: { unit: OrgRecord }) {
  const { t } = useTranslation()
  const can = useCan()
  const [open, setOpen] = useState<Open | null>(null)
  const { whyNot } = can('org.write')
  const pages = { move: paths.org.move(unit.id), merge: paths.org.merge(unit.id), split: `${paths.org.found()}` }
  const close = () => setOpen(null)
  const button = (act: Open) => (
    <Button kind={act === 'dissolve' ? 'danger' : 'plain'} whyNot={whyNot} onClick={() => setOpen(act)}>
      {t(`org.act.${act}.verb`)}
    </Button>
  )
  const link = (act: keyof typeof pages) =>
    whyNot === undefined ? (
      <Link
        className="tx-button"
        to={pages[act]}
        {...(act === 'split' ? { search: { parentId: unit.parentId ?? '', from: unit.id } as never } : {})}
      >
        {t(`org.act.${act}.verb`)}
      </Link>
    ) : (
      <Button whyNot={whyNot}>{t(`org.act.${act}.verb`)}</Button>
    )
  return (
    <>
      <dl className="org-changes">
        {(['rename', 'upgrade', 'move', 'merge', 'split', 'dissolve'] as const).map((act) => (
          <div key={act}>
            <dt>{t(`org.act.${act}.title`)}</dt>
            <dd>{t(`org.act.${act}.lead`)}</dd>
            <dd>{act === 'move' || act === 'merge' || act === 'split' ? link(act) : button(act)}</dd>
          </div>
        ))}
      </dl>
      {open === 'rename' ? <RenameDialog unit={unit} onClose={close} /> : null}
      {open === 'upgrade' ? <UpgradeDialog unit={unit} onClose={close} /> : null}
      {open === 'dissolve' ? <DissolveDialog unit={unit} onClose={close} /> : null}
    </>
  )
}

type Props = { unit: OrgRecord; onClose: () => void }

function useSaved(onClose: () => void) {
  const { t } = useTranslation()
  return {
    refreshes: ALL_ORGS,
    onDone: () => {
      say(t('org.saved'))
      onClose()
    },
  }
}

function RenameDialog({ unit, onClose }: Props) {
  const { t } = useTranslation()
  const save = useWrite(renameOrg, useSaved(onClose))
  return (
    <ChangeDialog
      title={t('org.act.rename.title')}
      verb={t('org.act.rename.verb')}
      fields={['name', 'shortName', 'effectiveOn', 'documentNumber']}
      first={{ name: unit.name, shortName: unit.shortName ?? '' }}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ name = '', shortName, effectiveOn = '', documentNumber = '' }) =>
        save.mutate({
          params: { id: unit.id },
          ifMatch: unit.version,
          body: { name, effectiveOn, documentNumber, ...(shortName ? { shortName } : {}) },
        })
      }
    />
  )
}

function UpgradeDialog({ unit, onClose }: Props) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<OrgKind | ''>('')
  const save = useWrite(upgradeOrg, useSaved(onClose))
  return (
    <ChangeDialog
      title={t('org.act.upgrade.title')}
      verb={t('org.act.upgrade.verb')}
      fields={['effectiveOn', 'documentNumber']}
      whyNot={kind === '' ? t('org.kindFirst') : undefined}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ effectiveOn = '', documentNumber = '' }) => {
        if (kind === '') return
        save.mutate({ params: { id: unit.id }, ifMatch: unit.version, body: { kind, effectiveOn, documentNumber } })
      }}
    >
      <Select
        label={t('org.newKind')}
        required
        value={kind}
        onChange={setKind}
        options={ORG_KINDS.filter((value) => value !== unit.kind).map((value) => ({
          value,
          label: t(`words.org.kind.${value}`),
        }))}
      />
    </ChangeDialog>
  )
}

function DissolveDialog({ unit, onClose }: Props) {
  const { t } = useTranslation()
  const save = useWrite(dissolveOrg, useSaved(onClose))
  return (
    <ChangeDialog
      title={t('org.dissolveTitle', { name: unit.name })}
      verb={t('org.act.dissolve.verb')}
      isDanger
      fields={['effectiveOn', 'documentNumber']}
      lead={<p>{t('org.act.dissolve.lead')}</p>}
      error={save.error}
      isBusy={save.isPending}
      onClose={onClose}
      onSubmit={({ effectiveOn = '', documentNumber = '' }) =>
        save.mutate({ params: { id: unit.id }, ifMatch: unit.version, body: { effectiveOn, documentNumber } })
      }
    />
  )
}
