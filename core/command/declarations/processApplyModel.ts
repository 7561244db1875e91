import { z } from 'zod';
import { mapPlanes } from '#core/image/mapPlanes';
import { readPlane } from '#core/image/readPlane';
import { defineCommand } from '#core/command/defineCommand';
import { finiteStack } from '#core/command/steps/finiteStack';

export const processApplyModel = defineCommand({
  id: 'process.applyModel',
  title: 'Apply Model…',
  summary: 'Runs a network of the BioImage Model Zoo on each plane: one that removes noise, say.',
  menu: ['Process'],
  verb: 'apply',
  runShare: 0.02,
  inputs: [{ name: 'stack', title: 'Stack' }],
  outputs: [{ name: 'result', title: 'Result of the network', kind: 'stack', flag: 'o' }],
  params: z.object({
    model: z.string().min(1).meta({
      title: 'Model',
      kind: 'openPath',
      description:
        'A package as downloaded: its .zip, its folder or its rdf.yaml. Its network must have ONNX weights and make one image with one channel of another.',
    }),
    modelSha256: z.string().nullable().default(null).meta({
      title: 'Checksum of the model',
      kind: 'hidden',
      description: 'Checksum that the network is expected to have; a difference is reported.',
    }),
  }),
  async run(context, { stack }, { model, modelSha256 }) {
    const network = await context.models.loadPlaneNetwork(model);
    if (modelSha256 !== null && modelSha256 !== network.sha256) {
      context.note(`The model ${model} is not the one that was used before: its checksum differs.`);
    }
    const source = finiteStack(stack);
    const result = mapPlanes(
      stack,
      async (index, signal) => network.apply(await readPlane(source, index, { signal }), signal),
      { name: `${stack.name} ${network.title}`, pixelType: 'float32', slow: true },
    );
    return {
      stacks: { result },
      chosen: { modelSha256: network.sha256 },
      report: { model, title: network.title, device: network.device },
      lines: [`${network.title} on ${network.device}`],
    };
  },
});
