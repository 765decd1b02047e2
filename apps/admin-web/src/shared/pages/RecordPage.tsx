import { Link } from '@tanstack/react-router'
import type { Search } from '@tongxin/client/screen'
import { Timeline, type TimelineEntry } from '@tongxin/ui'
import { Tabs } from 'antd'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export type Fact = { readonly label: string; readonly value: ReactNode }
export type RecordTab = { readonly key: string; readonly label: string; readonly body: ReactNode }

/**
 * One record as a page: where it is (`trail`), photo or seal, name, state, three facts, acts; tabs kept in the URL; the
 * timeline at the right.
 */
export function RecordPage(props: {
  trail: readonly { readonly label: string; readonly path: string }[]
  name: string
  seal?: ReactNode
  state?: ReactNode
  facts: readonly Fact[]
  acts?: ReactNode
  tabs: readonly RecordTab[]
  timeline?: readonly TimelineEntry[]
  search: Search
  setSearch: (change: Readonly<Record<string, string>>) => void
}) {
  const { t } = useTranslation()
  // A link may name a tab that the record no longer has, or does not have yet.
  const open = props.tabs.find(({ key }) => key === props.search.tab) ?? props.tabs[0]
  return (
    <div className="page">
      <title>{`${props.name} · ${t('shell.name')}`}</title>
      <nav className="trail no-print" aria-label={t('shared.trail')}>
        {props.trail.map((step) => (
          <span key={step.path}>
            <Link to={step.path}>{step.label}</Link>
            <ChevronRight aria-hidden="true" />
          </span>
        ))}
        <span aria-current="page">{props.name}</span>
      </nav>
      <header className="panel record-head">
        <div className="seal">{props.seal ?? props.name.slice(0, 1)}</div>
        <div>
          <h1>
            {props.name} {props.state}
          </h1>
          <Facts facts={props.facts} />
        </div>
        <div className="page-acts no-print">{props.acts}</div>
      </header>
      <div className="record">
        <div className="panel record-body">
          <Tabs
            activeKey={open?.key ?? ''}
            items={props.tabs.map((tab) => ({ key: tab.key, label: tab.label, children: tab.body }))}
            onChange={(tab) => props.setSearch({ tab })}
          />
        </div>
        {props.timeline ? (
          <aside className="panel record-side">
            <h2>{t('shared.timeline')}</h2>
            <Timeline entries={props.timeline} />
          </aside>
        ) : null}
      </div>
    </div>
  )
}

/** Label over value, in a row that wraps: the facts of a record, a drawer, a review. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.label}>
          <dt>{fact.label}</dt>
          <dd>{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
