/** electron-store where there is no Electron: what it does with a folder that is named, which is to hand everything on to conf. */
import Conf from 'conf'

export default class StoreInNamedFolder extends Conf {
  constructor({ name, ...options }) {
    super({ ...options, configName: name, projectVersion: '0.0.0' })
  }
}
