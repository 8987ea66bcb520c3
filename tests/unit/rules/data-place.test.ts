import { describe, expect, it } from 'vitest'
import { placeOf, type PlaceQuestion } from '../../../src-main/rules/data-place'

const ask = (question: Partial<PlaceQuestion>) => placeOf({ path: '', platform: 'linux', environment: {}, mounts: '', ...question })
const windows = (path: string, environment: PlaceQuestion['environment'] = {}) => ask({ path, platform: 'win32', environment })

const mounts = [
  'sysfs /sys sysfs rw 0 0',
  '/dev/sda2 / ext4 rw 0 0',
  'files:/parish /srv/parish nfs4 rw 0 0',
  '//server/share /srv/share cifs rw 0 0',
  'laptop:/x /srv/ssh fuse.sshfs rw 0 0',
  '/dev/sdb1 /media/stick fuseblk rw 0 0',
  'drive /srv/drive fuse.google-drive-ocamlfuse rw 0 0',
  '//server/two\\040words /srv/two\\040words cifs rw 0 0',
  '/dev/sdc1 /srv/share/local ext4 rw 0 0'
].join('\n')

describe('a folder that another program copies to the internet', () => {
  it.each([
    ['D:\\Parish\\OneDrive\\Epistle', 'OneDrive'],
    ['D:\\Parish\\OneDrive - Saint Anne\\Letters', 'OneDrive'],
    ['d:/parish/ONEDRIVE/epistle', 'OneDrive'],
    ['D:\\Parish\\Dropbox\\Epistle', 'Dropbox'],
    ['D:\\Parish\\Dropbox (Office)\\Epistle', 'Dropbox'],
    ['G:\\My Drive\\Epistle', 'Google Drive'],
    ['D:\\Parish\\iCloudDrive\\Epistle', 'iCloud']
  ])('%s', (path, product) => {
    expect(windows(path)).toEqual({ kind: 'synced', product })
  })

  it('whatever its name, when the system says it is OneDrive', () => {
    const environment = { OneDriveCommercial: 'D:\\Cloud\\Parish', PATH: 'D:\\Elsewhere' }
    expect(windows('d:\\cloud\\parish\\Epistle', environment)).toEqual({ kind: 'synced', product: 'OneDrive' })
    expect(windows('D:\\Cloud\\Parish', environment)).toEqual({ kind: 'synced', product: 'OneDrive' })
    expect(windows('D:\\Cloud\\Parish two\\Epistle', environment), 'a name that only begins the same').toEqual({ kind: 'local' })
    expect(windows('D:\\Elsewhere\\Epistle', environment), 'another variable').toEqual({ kind: 'local' })
    expect(windows('D:\\Epistle', { OneDrive: '' }), 'an empty variable').toEqual({ kind: 'local' })
    expect(windows('D:\\Epistle', { OneDrive: 'D:\\' }), 'a whole disk is no folder of OneDrive').toEqual({ kind: 'local' })
  })

  it.each([
    ['/srv/mary/Library/Mobile Documents/com~apple~CloudDocs/Epistle', 'iCloud'],
    ['/srv/mary/Library/CloudStorage/OneDrive-Parish/Epistle', 'OneDrive'],
    ['/srv/mary/Library/CloudStorage/GoogleDrive-mary@parish.org/My Drive', 'Google Drive'],
    ['/srv/mary/Dropbox/Epistle', 'Dropbox']
  ])('macOS: %s', (path, product) => {
    expect(ask({ path, platform: 'darwin' })).toEqual({ kind: 'synced', product })
  })

  it.each(['D:\\Parish\\My letters', 'D:\\Dropboxes\\Epistle', 'D:\\Parish\\onedriver\\Epistle', 'D:\\AppData\\Local\\Epistle', '\\\\?\\D:\\Epistle'])('not %s', (path) => {
    expect(windows(path)).toEqual({ kind: 'local' })
  })
})

describe('a folder on another computer', () => {
  it.each(['\\\\server\\parish\\Epistle', '//server/parish/Epistle', '\\\\?\\UNC\\server\\parish\\Epistle'])('Windows: %s', (path) => {
    expect(windows(path)).toEqual({ kind: 'network', product: 'a network folder' })
  })

  it.each([
    ['/srv/parish/epistle', { kind: 'network', product: 'nfs4' }],
    ['/srv/parish', { kind: 'network', product: 'nfs4' }],
    ['/srv/share/epistle', { kind: 'network', product: 'cifs' }],
    ['/srv/two words/epistle', { kind: 'network', product: 'cifs' }],
    ['/srv/ssh/epistle', { kind: 'network', product: 'sshfs' }],
    ['/srv/drive/epistle', { kind: 'synced', product: 'Google Drive' }],
    ['/srv/share/local/epistle', { kind: 'local' }],
    ['/srv/parishes/epistle', { kind: 'local' }],
    ['/media/stick/epistle', { kind: 'local' }],
    ['/var/epistle', { kind: 'local' }]
  ])('Linux: %s', (path, place) => {
    expect(ask({ path, mounts })).toEqual(place)
  })

  it('knows nothing without a list of mounts, and survives a strange one', () => {
    expect(ask({ path: '/srv/parish' })).toEqual({ kind: 'local' })
    for (const strange of ['\n\n', 'one', 'one two', '\\999 \\9 nfs', '\0']) expect(ask({ path: '/srv/parish', mounts: strange })).toEqual({ kind: 'local' })
  })
})
