import { useMutation } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import type { DevelopmentCase } from '@tongxin/contract/development'
import { readVetting } from '@tongxin/contract/development.record'
import { Button, dateOf, EmptyState, Lamp, RefusalText, TextInput } from '@tongxin/ui'
import { LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { openSteps } from './development.format.ts'
import { useWhyNot } from './use-why-not.ts'
import { VettingDrawer } from './VettingDrawer.tsx'

const VETTING_STEP = 10

/** The political review: sealed, opened with a purpose that is written down, and gone when the tab is left. */
export function VettingTab({ one }: { one: DevelopmentCase }) {
  const { t } = useTranslation()
  const whyNot = useWhyNot()
  // The order of the steps would refuse it after the whole form was filled in, of which no draft is kept.
  const isEarly =
    !one.vetted && (one.next?.step ?? VETTING_STEP) < VETTING_STEP && !openSteps(one).includes(VETTING_STEP)
  const later = isEarly ? t('development.vettingLater') : undefined
  const [isEntering, setEntering] = useState(false)
  const [purpose, setPurpose] = useState('')
  const open = useMutation({
    // Never in the cache of the page: what was opened is forgotten with this tab.
    gcTime: 0,
    mutationFn: () => call(readVetting, { params: { id: one.card.id }, body: { purpose: purpose.trim() } }),
  })
  return (
    <>
      <p className="development-sealed">
        <LockKeyhole aria-hidden="true" />
        {t('development.sealed')}
      </p>
      <p>
        <Lamp state={one.vetted ? 'ok' : 'idle'}>{t(one.vetted ? 'development.vetted' : 'development.notVetted')}</Lamp>
      </p>
      <div className="development-row">
        <TextInput
          label={t('development.readPurpose')}
          help={t('development.readPurposeHelp')}
          maxLength={200}
          value={purpose}
          onChange={setPurpose}
        />
        <Button
          isBusy={open.isPending}
          whyNot={purpose.trim().length < 2 ? t('development.purposeFirst') : undefined}
          onClick={() => open.mutate()}
        >
          {t('development.openVetting')}
        </Button>
        <Button kind="primary" whyNot={whyNot(one.can.vet) ?? later} onClick={() => setEntering(true)}>
          {t('development.enterVetting')}
        </Button>
      </div>
      <RefusalText error={open.error} />
      {open.data?.rows.length === 0 ? (
        <EmptyState title={t('development.noVetting')} icon={<LockKeyhole aria-hidden="true" />} />
      ) : null}
      {open.data?.rows.map((row) => (
        <Review key={row.id} row={row} />
      ))}
      {isEntering ? <VettingDrawer one={one} onClose={() => setEntering(false)} /> : null}
    </>
  )
}

type Row = Awaited<ReturnType<typeof call<typeof readVetting>>>['rows'][number]

function Review({ row }: { row: Row }) {
  const { t } = useTranslation()
  const { facts } = row
  return (
    <section className="development-part" aria-label={facts.concludedOn}>
      <h3>
        {facts.concludedOn}{' '}
        <Lamp state={facts.result === 'passed' ? 'ok' : 'late'}>{t(`words.development.result.${facts.result}`)}</Lamp>
      </h3>
      <Facts
        facts={[
          {
            label: t('development.methods'),
            value: facts.methods.map((one) => t(`words.development.method.${one}`)).join(t('development.listComma')),
          },
          { label: t('development.letters'), value: `${facts.letters} / ${facts.replies}` },
          { label: t('development.by'), value: `${row.by ?? ''} ${dateOf(row.at)}` },
          { label: t('development.conclusion'), value: facts.conclusion },
        ]}
      />
      {facts.persons.length > 0 ? (
        <table className="development-table">
          <thead>
            <tr>
              {['relation', 'personName', 'finding'].map((key) => (
                <th key={key} scope="col">
                  {t(`development.${key}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {facts.persons.map((person) => (
              <tr key={`${person.relation} ${person.name}`}>
                <td>{person.relation}</td>
                <td>{person.name}</td>
                <td>{person.finding}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
    </section>
  )
}
