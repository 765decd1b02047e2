import { useQuery } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { listOrgs, type OrgRow } from '@tongxin/contract/org'
import { readOrg } from '@tongxin/contract/org.record'
import { Field } from '@tongxin/ui'
import { TreeSelect } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

type Node = { id: string; value: string; title: string; pId: string | null; isLeaf: boolean }
// The largest page the endpoint gives; a level with more is reached by typing a name.
const LEVEL_ROWS = 100

// Names of organisations seen in a picker, for the chips of filters that are on.
const namesSeen = new Map<string, string>()

const nodeOf = (org: OrgRow): Node => {
  namesSeen.set(org.id, org.shortName ?? org.name)
  return { id: org.id, value: org.id, title: org.name, pId: org.parentId, isLeaf: org.children === 0 }
}

/**
 * The name of an organisation picked now or before, as by a link; `told` where the page knows it already. Until it is
 * known, that one is chosen.
 */
export function useOrgName(id: string, told?: string): string {
  const { t } = useTranslation()
  const known = told ?? namesSeen.get(id)
  const asked = useQuery({
    queryKey: ['org', 'name', id],
    enabled: id !== '' && known === undefined,
    queryFn: async ({ signal }) => {
      const { name } = await call(readOrg, { params: { id }, signal })
      namesSeen.set(id, name)
      return name
    },
  })
  return known ?? asked.data ?? t('shared.chosen')
}

/** One organisation of the scope: opens level by level, and finds by name. */
export function OrgPicker(props: {
  label: string
  value: string
  /** The name of `value` where the page shows it anyway. */
  name?: string | undefined
  onChange: (id: string) => void
  required?: boolean
  error?: string
}) {
  const { t } = useTranslation()
  const [nodes, setNodes] = useState<readonly Node[]>([])
  const [text, setText] = useState('')
  // The branch of a link or of a record need not be on the level that is open.
  const label = useOrgName(props.value, props.name)
  const top = useQuery({
    queryKey: ['org', 'picker'],
    queryFn: async ({ signal }) => (await call(listOrgs, { query: { limit: LEVEL_ROWS }, signal })).rows.map(nodeOf),
  })
  const found = useQuery({
    queryKey: ['org', 'picker', text],
    enabled: text.trim() !== '',
    queryFn: async ({ signal }) =>
      (await call(listOrgs, { query: { search: text.trim(), limit: 20 }, signal })).rows.map(nodeOf),
  })
  const open = async (parentId: string) => {
    const { rows } = await call(listOrgs, { query: { parentId, limit: LEVEL_ROWS } })
    setNodes((known) => [...known, ...rows.map(nodeOf)])
  }
  const shown =
    text.trim() === ''
      ? [...(top.data ?? []), ...nodes]
      : (found.data ?? []).map((node) => ({ ...node, pId: null, isLeaf: true }))
  return (
    <Field label={props.label} required={props.required ?? false} error={props.error}>
      {(wiring) => (
        <TreeSelect
          id={wiring.id}
          // Inside a dialog everything beside it is inert, so the list opens within.
          getPopupContainer={(node: HTMLElement) => node.closest<HTMLElement>('[role=dialog]') ?? document.body}
          className="org-picker"
          treeDataSimpleMode
          showSearch={{ filterTreeNode: false, onSearch: setText }}
          allowClear
          placeholder={t(props.required ? 'ui.choose' : 'shared.wholeScope')}
          labelInValue
          value={props.value ? { value: props.value, label } : null}
          treeData={shown}
          loadData={({ value }) => open(String(value))}
          onChange={(picked: { value: string; label: string } | null | undefined) =>
            props.onChange(picked?.value ?? '')
          }
        />
      )}
    </Field>
  )
}
