import ij.ImagePlus;
import ij.ImageStack;
import ij.plugin.Slicer;
import ij.plugin.ZProjector;
import ij.plugin.filter.Filters;
import ij.plugin.filter.RankFilters;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.StringJoiner;

/**
 * What ImageJ makes of a raw stack. Arguments: FILE WIDTH HEIGHT PLANES BITS, then operations: median RADIUS,
 * invert, project METHOD, reslice top|left. Each writes FILE.N (N from 0), little-endian in the pixel type
 * that ImageJ gave it; prints the bits of each.
 */
public class OperateWithImageJ {
    private static final String[] PROJECTIONS = {"mean", "max", "min", "sum", "std", "median"};

    public static void main(String[] args) throws Exception {
        int[] numbers = new int[4];
        for (int i = 0; i < 4; i++) numbers[i] = Integer.parseInt(args[i + 1]);
        byte[] raw = Files.readAllBytes(Path.of(args[0]));
        StringJoiner bits = new StringJoiner(",", "[", "]");
        int made = 0;
        for (int i = 5; i < args.length; i++) {
            ImagePlus image = new ImagePlus("stack", stackOf(raw, numbers[0], numbers[1], numbers[2], numbers[3]));
            ImagePlus result = operate(image, args[i], args[i].equals("invert") ? "" : args[++i]);
            Files.write(Path.of(args[0] + "." + made++), bytesOf(result.getStack()));
            bits.add(String.valueOf(result.getBitDepth()));
        }
        System.out.println(bits);
        // ImageJ leaves a thread that waits.
        System.exit(0);
    }

    private static ImagePlus operate(ImagePlus image, String operation, String how) throws Exception {
        ImageStack stack = image.getStack();
        switch (operation) {
            case "median":
                for (int z = 1; z <= stack.size(); z++) {
                    new RankFilters().rank(stack.getProcessor(z), Double.parseDouble(how), RankFilters.MEDIAN);
                }
                return image;
            case "invert":
                for (int z = 1; z <= stack.size(); z++) {
                    Filters filters = new Filters();
                    filters.setup("invert", new ImagePlus("plane", stack.getProcessor(z)));
                    filters.run(stack.getProcessor(z));
                }
                return image;
            case "reslice":
                Slicer slicer = new Slicer();
                // The dialog would set it.
                Field start = Slicer.class.getDeclaredField("startAt");
                start.setAccessible(true);
                start.set(slicer, how.equals("top") ? "Top" : "Left");
                return slicer.reslice(image);
            default:
                ZProjector projector = new ZProjector(image);
                for (int i = 0; i < PROJECTIONS.length; i++) if (PROJECTIONS[i].equals(how)) projector.setMethod(i);
                projector.doProjection();
                return projector.getProjection();
        }
    }

    private static ImageStack stackOf(byte[] raw, int width, int height, int planes, int bits) {
        ByteBuffer bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
        ImageStack stack = new ImageStack(width, height);
        for (int z = 0; z < planes; z++) {
            ImageProcessor plane = bits == 8 ? new ByteProcessor(width, height)
                : bits == 16 ? new ShortProcessor(width, height) : new FloatProcessor(width, height);
            for (int i = 0; i < width * height; i++) {
                if (bits == 8) plane.set(i, bytes.get() & 255);
                else if (bits == 16) plane.set(i, bytes.getShort() & 65535);
                else plane.setf(i, bytes.getFloat());
            }
            stack.addSlice(plane);
        }
        return stack;
    }

    private static byte[] bytesOf(ImageStack stack) {
        int size = stack.getWidth() * stack.getHeight();
        int bytesEach = stack.getBitDepth() / 8;
        ByteBuffer bytes = ByteBuffer.allocate(size * stack.size() * bytesEach).order(ByteOrder.LITTLE_ENDIAN);
        for (int z = 1; z <= stack.size(); z++) {
            ImageProcessor plane = stack.getProcessor(z);
            for (int i = 0; i < size; i++) {
                if (bytesEach == 1) bytes.put((byte) plane.get(i));
                else if (bytesEach == 2) bytes.putShort((short) plane.get(i));
                else bytes.putFloat(plane.getf(i));
            }
        }
        return bytes.array();
    }
}
