/**
 * Where a data folder lies, and whether that can hurt letters. Two copies of one mailbox, or a lock that another computer does
 * not see, are how such places lose them: SQLite's WAL does not work over a network, and a synced folder forks files.
 */
import type { DataPlace } from '../contract/surroundings'

export type PlaceQuestion = {
  readonly path: string
  readonly platform: 'win32' | 'darwin' | 'linux'
  /** What the system says in its environment; only names that begin with `OneDrive` are looked at. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Text of /proc/mounts; empty where there is none. */
  readonly mounts: string
}

type Synced = Extract<DataPlace, { readonly kind: 'synced' }>['product']

/** Names of folders that the programs make themselves, with what follows them ("OneDrive - Parish of St Anne"). */
const syncedNames: readonly (readonly [RegExp, Synced])[] = [
  [/^onedrive( - .+)?$/u, 'OneDrive'],
  [/^onedrive-[\p{L}\p{N} ]+$/u, 'OneDrive'],
  [/^dropbox( \(.+\))?$/u, 'Dropbox'],
  [/^google ?drive(-.+)?$/u, 'Google Drive'],
  [/^googledrive(-.+)?$/u, 'Google Drive'],
  [/^my drive$/u, 'Google Drive'],
  [/^icloud ?drive$/u, 'iCloud'],
  [/^icloudphotos$/u, 'iCloud'],
  [/^com~apple~clouddocs$/u, 'iCloud']
]

/** File systems of another computer, or of a program that may stand for one. `fuse` alone is also used for local disks (NTFS). */
const networkTypes: readonly string[] = ['nfs', 'nfs4', 'cifs', 'smb', 'smbfs', 'smb2', 'smb3', 'afs', '9p', 'ceph', 'glusterfs', 'davfs', 'ncpfs', 'fuse.sshfs', 'fuse.rclone', 'fuse.davfs2', 'fuse.gvfsd-fuse', 'fuse.s3fs', 'fuse.google-drive-ocamlfuse', 'fuse.onedriver', 'fuse.glusterfs', 'fuse.cephfs']
const syncedTypes: Readonly<Record<string, Synced>> = { 'fuse.google-drive-ocamlfuse': 'Google Drive', 'fuse.onedriver': 'OneDrive' }

const local: DataPlace = { kind: 'local' }

/** Names of the folders on the way, lower case. */
const namesOf = (path: string, platform: PlaceQuestion['platform']): readonly string[] =>
  path.split(platform === 'win32' ? /[\\/]+/u : /\/+/u).map((name) => name.toLowerCase())

/** Whether `path` is `folder` or lies in it, as Windows compares names. */
const liesIn = (path: string, folder: string): boolean => {
  const within = namesOf(path, 'win32')
  const outer = namesOf(folder, 'win32').filter((name) => name !== '')
  return outer.length > 1 && outer.every((name, index) => within.filter((part) => part !== '')[index] === name)
}

const syncedBy = ({ path, platform, environment }: PlaceQuestion): Synced | null => {
  if (platform === 'win32') {
    const roots = Object.entries(environment).filter(([name]) => name.toLowerCase().startsWith('onedrive'))
    if (roots.some(([, root]) => root !== undefined && liesIn(path, root))) return 'OneDrive'
  }
  const names = namesOf(path, platform)
  return syncedNames.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? null
}

/** /proc/mounts writes a space in a name as \040, and a backslash as \134. */
const unescaped = (text: string): string => text.replace(/\\([0-7]{3})/gu, (_sign, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))

/** The type of the mount a path lies on: the longest mount point wins, the last one of equals. */
const mountTypeOf = (path: string, mounts: string): string | null => {
  let best: { readonly point: string; readonly type: string } | null = null
  for (const line of mounts.split('\n')) {
    const [, rawPoint, type] = line.split(' ')
    if (rawPoint === undefined || type === undefined) continue
    const point = unescaped(rawPoint).replace(/\/+$/u, '')
    if ((path === point || path.startsWith(`${point}/`)) && (best === null || point.length >= best.point.length)) best = { point, type }
  }
  return best?.type ?? null
}

const isUnc = (path: string): boolean => /^(\\\\|\/\/)(\?\\UNC\\|(?![?.][\\/]))/iu.test(path)

/**
 * Says where a folder lies. Pure: everything it looks at is given.
 * @param question `path` is absolute
 */
export const placeOf = (question: PlaceQuestion): DataPlace => {
  const { path, platform } = question
  const product = syncedBy(question)
  if (product !== null) return { kind: 'synced', product }
  if (platform === 'win32' && isUnc(path)) return { kind: 'network', product: 'a network folder' }
  if (platform !== 'linux') return local
  const type = mountTypeOf(path, question.mounts)
  if (type === null) return local
  const byMount = syncedTypes[type]
  if (byMount !== undefined) return { kind: 'synced', product: byMount }
  return networkTypes.includes(type) ? { kind: 'network', product: type.replace(/^fuse\./u, '') } : local
}
