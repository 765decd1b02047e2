export type ChannelsEvents = {
  'channels.outlet_made': { kind: string }
  'channels.outlet_changed': { kind: string; fields: string; secrets: string }
  'channels.outlet_switched': { kind: string; state: string }
  'channels.outlet_tested': { kind: string; result: string }
  'channels.menu_set': { kind: string; result: string }
  'channels.announced': { outlets: number }
  'channels.resent': { messages: number }
  'channels.parked': { kind: string; messages: number }
  'channels.code_sent': { reach: string }
  'channels.address_confirmed': { reach: string }
  'channels.address_removed': { reach: string }
  'channels.preference_set': { reach: string; isOn: boolean }
}
