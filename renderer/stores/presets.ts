import type { CommandDescriptor, DocumentSummary } from '#core/command/engineApi';
import type { MacroValue } from '#core/image/History';
import { STEP_COMMANDS, useGuided } from './guided';
import { visibleProperties } from './paramSchema';
import { useTabs } from './tabs';

type Params = { readonly [name: string]: MacroValue };

const HALF = 0.5;

function allOf(count: number): string {
  return count > 1 ? `0-${count - 1}` : '0';
}

/** What the shown image says about fields that would start empty. */
const FROM_IMAGE: { readonly [command: string]: (document: DocumentSummary) => Params } = {
  'image.crop': ({ shape }) => ({ x: 0, y: 0, width: shape.x, height: shape.y }),
  'image.scale': () => ({ factor: HALF }),
  'image.substack': ({ shape }) => ({
    planes: allOf(shape.z),
    channels: allOf(shape.c),
    times: allOf(shape.t),
  }),
  'image.setCalibration': ({ calibration }) => ({
    pixelSizeUm: calibration.pixelSizeUm.x,
    // One spacing would overwrite planes that are not evenly spaced.
    zStepUm: calibration.zPositionsUm === null ? calibration.pixelSizeUm.z : null,
  }),
  'image.project': ({ shape }) => ({ axis: shape.z > 1 ? 'z' : 't' }),
  'image.reverse': ({ shape }) => ({ axis: shape.z > 1 ? 'z' : 't' }),
};

/** What the window already knows: the image, the step of the panel, the pins of the strip. */
export function presets(command: CommandDescriptor): Params {
  const guided = useGuided();
  const document = useTabs().activeDocument;
  if (command.id === STEP_COMMANDS.align && guided.rootId !== null) {
    return guided.paramsOf(guided.rootId, 'align');
  }
  if (command.id === STEP_COMMANDS.targets && guided.rootId !== null) {
    return guided.targetsPresets(guided.rootId);
  }
  const fromImage = FROM_IMAGE[command.id];
  if (fromImage && document) return fromImage(document);
  const pins = guided.current?.inputs ?? [];
  const wantsPlanes = visibleProperties(command.params).some(
    ({ name, kind }) => name === 'inputs' && kind === 'planes',
  );
  return wantsPlanes && pins.length > 0 ? { inputs: [...pins] } : {};
}
