import { Lamp, type LampState } from '@tongxin/ui'
import { Steps } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

const STEPS = ['upload', 'mapping', 'report', 'submitted'] as const
export type ImportStep = (typeof STEPS)[number]

/** The frame of every import: upload, check the columns, read the dry run's report, hand over to the second person. */
export function ImportWizard(props: { title: string; step: ImportStep; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <div className="page">
      <title>{`${props.title} · ${t('shell.name')}`}</title>
      <header className="page-head">
        <h1>{props.title}</h1>
      </header>
      <Steps
        current={STEPS.indexOf(props.step)}
        items={STEPS.map((step) => ({ title: t(`shared.import.${step}`), content: t(`shared.import.${step}Hint`) }))}
      />
      {props.children}
    </div>
  )
}

/** Counts of a dry run, each with its word; a count leads to its rows. */
export function ImportCounts(props: {
  counts: readonly { readonly key: string; readonly label: string; readonly count: number; readonly state: LampState }[]
  chosen: string
  onChoose: (key: string) => void
}) {
  return (
    <div className="counts">
      {props.counts.map(({ key, label, count, state }) => (
        <button
          key={key}
          type="button"
          className="count-card"
          aria-pressed={props.chosen === key}
          onClick={() => props.onChoose(props.chosen === key ? '' : key)}
        >
          <strong>{count}</strong>
          <Lamp state={state}>{label}</Lamp>
        </button>
      ))}
    </div>
  )
}
