import type { CommandDefinition } from './defineCommand';
import { analyzeDrift } from './declarations/analyzeDrift';
import { compareConsistency } from './declarations/compareConsistency';
import { compareMetrics } from './declarations/compareMetrics';
import { editInvert } from './declarations/editInvert';
import { fileOpen } from './declarations/fileOpen';
import { fileOpenSample } from './declarations/fileOpenSample';
import { fileSave } from './declarations/fileSave';
import { helpDoctor } from './declarations/helpDoctor';
import { imageConvertType } from './declarations/imageConvertType';
import { imageCrop } from './declarations/imageCrop';
import { imageInfo } from './declarations/imageInfo';
import { imageMergeChannels } from './declarations/imageMergeChannels';
import { imageProject } from './declarations/imageProject';
import { imageReorderAxes } from './declarations/imageReorderAxes';
import { imageReslice } from './declarations/imageReslice';
import { imageReverse } from './declarations/imageReverse';
import { imageScale } from './declarations/imageScale';
import { imageSetCalibration } from './declarations/imageSetCalibration';
import { imageSplitChannels } from './declarations/imageSplitChannels';
import { imageSubstack } from './declarations/imageSubstack';
import { macroRun } from './declarations/macroRun';
import { modelsInfo } from './declarations/modelsInfo';
import { modelsList } from './declarations/modelsList';
import { modelsTest } from './declarations/modelsTest';
import { processAlign } from './declarations/processAlign';
import { processApplyModel } from './declarations/processApplyModel';
import { processBackground } from './declarations/processBackground';
import { processEdf } from './declarations/processEdf';
import { processGaussianBlur } from './declarations/processGaussianBlur';
import { processMedian } from './declarations/processMedian';
import { processNormalise } from './declarations/processNormalise';
import { processRestoreLevels } from './declarations/processRestoreLevels';
import { processThreshold } from './declarations/processThreshold';
import { reconstructAdvise } from './declarations/reconstructAdvise';
import { reconstructRecurrentMz } from './declarations/reconstructRecurrentMz';
import { reconstructSurface } from './declarations/reconstructSurface';
import { reconstructUncertainty } from './declarations/reconstructUncertainty';
import { simulateSpecimen } from './declarations/simulateSpecimen';

/** All commands by id, in the order of menus and help. */
export const commands: ReadonlyMap<string, CommandDefinition> = new Map(
  [
    fileOpen,
    fileOpenSample,
    fileSave,
    imageInfo,
    imageConvertType,
    imageSetCalibration,
    imageCrop,
    imageScale,
    imageSubstack,
    imageReverse,
    imageProject,
    imageReslice,
    imageReorderAxes,
    imageSplitChannels,
    imageMergeChannels,
    editInvert,
    processGaussianBlur,
    processMedian,
    processAlign,
    processEdf,
    processBackground,
    processThreshold,
    processNormalise,
    processRestoreLevels,
    processApplyModel,
    reconstructRecurrentMz,
    reconstructUncertainty,
    reconstructAdvise,
    reconstructSurface,
    modelsList,
    modelsInfo,
    modelsTest,
    compareMetrics,
    compareConsistency,
    analyzeDrift,
    simulateSpecimen,
    macroRun,
    helpDoctor,
  ].map((command) => [command.id, command]),
);
