import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** Opens FILE with ImageJ, writes its samples to RAW (t, c, z, y, x) and prints JSON about it. */
public class OpenWithImageJ {
    public static void main(String[] args) throws Exception {
        ImagePlus image = IJ.openImage(args[0]);
        if (image == null) throw new IllegalStateException("ImageJ did not open " + args[0]);
        try (OutputStream raw = new BufferedOutputStream(new FileOutputStream(args[1]))) {
            for (int t = 1; t <= image.getNFrames(); t++)
                for (int c = 1; c <= image.getNChannels(); c++)
                    for (int z = 1; z <= image.getNSlices(); z++)
                        raw.write(bytes(image.getStack().getProcessor(image.getStackIndex(c, z, t))));
        }
        System.out.println(describe(image, args[1]));
    }

    private static byte[] bytes(ImageProcessor plane) {
        int count = plane.getPixelCount();
        ByteBuffer buffer = ByteBuffer.allocate(count * plane.getBitDepth() / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            if (plane.getBitDepth() == 8) buffer.put((byte) plane.get(i));
            else if (plane.getBitDepth() == 16) buffer.putShort((short) plane.get(i));
            else buffer.putFloat(plane.getf(i));
        }
        return buffer.array();
    }

    private static String describe(ImagePlus image, String raw) {
        Calibration scale = image.getCalibration();
        String[] types = {"uint8", "uint16", "", "float32"};
        return String.format(
            Locale.ROOT,
            "{\"shape\":{\"t\":%d,\"c\":%d,\"z\":%d,\"y\":%d,\"x\":%d},\"pixelType\":\"%s\","
                + "\"pixelSizeUm\":{\"x\":%s,\"y\":%s,\"z\":%s},\"unit\":%s,\"channelNames\":[%s],\"raw\":%s}",
            image.getNFrames(), image.getNChannels(), image.getNSlices(), image.getHeight(), image.getWidth(),
            types[image.getBitDepth() / 8 - 1],
            scale.pixelWidth, scale.pixelHeight, scale.pixelDepth, quote(scale.getUnit()), labels(image), quote(raw));
    }

    /** The label of the first plane of each channel. */
    private static String labels(ImagePlus image) {
        StringBuilder names = new StringBuilder();
        for (int c = 1; c <= image.getNChannels(); c++) {
            if (c > 1) names.append(',');
            names.append(quote(image.getStack().getSliceLabel(image.getStackIndex(c, 1, 1))));
        }
        return names.toString();
    }

    private static String quote(String text) {
        if (text == null) return "null";
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
